using System.Text.RegularExpressions;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Documentation;

/// <summary>Runs what lies under docs/runbooks, as it is, in PowerShell itself: against a server, with stand-ins for Azure's cmdlets.</summary>
public sealed class RunbookTests : IDisposable
{
    readonly LiveServer _server;
    readonly string _folder = Directory.CreateTempSubdirectory("langsmithpg-tests-").FullName;
    readonly Dictionary<string, string> _environment;

    public RunbookTests(LiveServer server)
    {
        _server = server;
        _environment = new()
        {
            ["PSModulePath"] = BuildPaths.ModuleFolder + Path.PathSeparator + Environment.GetEnvironmentVariable("PSModulePath"),
            ["NEEDLE"] = LiveServer.Password,
            ["GITHUB_STEP_SUMMARY"] = Path.Combine(_folder, "summary.md"),
            ["PG_HOST"] = "localhost",
            ["PG_PORT"] = $"{server.Port}",
            ["PG_PASSWORD"] = LiveServer.Password,
        };
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Azure_Automation_keeps_the_report_and_fails_where_a_database_is_not_ready()
    {
        File.WriteAllText(Path.Combine(_folder, "list.csv"), $"""
            host,port,database,user,sslmode,schema,iamAuthProvider,secret
            localhost,{_server.Port},ready,owner,verify-full,,,pg-owner
            localhost,{_server.Port},ready,owner,,public,,pg-owner
            localhost,{_server.Port},bare,ignored,,,,
            """);
        var result = await RunAsync($$"""
            function Disable-AzContextAutosave { param($Scope) }
            function Connect-AzAccount { param([switch] $Identity) }
            function New-AzStorageContext { param($StorageAccountName, [switch] $UseConnectedAccount) $StorageAccountName }
            function Get-AzStorageBlobContent { param($Context, $Container, $Blob, $Destination, [switch] $Force) Copy-Item list.csv $Destination }
            function Set-AzStorageBlobContent { param($Context, $Container, $File, $Blob, $Properties, [switch] $Force) Copy-Item $File "stored-$Blob" }
            function Get-AzKeyVaultSecret { param($VaultName, $Name) if ("$VaultName/$Name" -ne 'vault/pg-owner') { throw 'no such secret' }; @{ SecretValue = ConvertTo-SecureString $env:NEEDLE -AsPlainText -Force } }
            function Get-AutomationPSCredential { param($Name) [pscredential]::new('guest', (ConvertTo-SecureString $env:NEEDLE -AsPlainText -Force)) }
            & '{{Sample("azure-automation.ps1")}}' -StorageAccountName reports -VaultName vault | ForEach-Object { "$($_.Target) $($_.IsReady) $($_.Fixes)" }
            """);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains($"2 of 3 databases are not ready: ", Unwrapped(result.Errors), StringComparison.Ordinal);
        Assert.Contains("GRANT CREATE ON DATABASE", result.Output, StringComparison.Ordinal);
        Assert.Contains($"localhost:{_server.Port}/bare", File.ReadAllText(Assert.Single(Directory.GetFiles(_folder, "stored-readiness-*.html"))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("github-actions.yml", "run", "owner", "ready", 0)]
    [InlineData("github-actions.yml", "run", "guest", "bare", 1)]
    [InlineData("azure-pipelines.yml", "Inline", "owner", "ready", 0)]
    [InlineData("azure-pipelines.yml", "Inline", "guest", "bare", 1)]
    public async Task A_pipeline_publishes_JUnit_and_fails_where_the_database_is_not_ready(string file, string key, string user, string database, int exitCode)
    {
        (_environment["PG_USER"], _environment["PG_DATABASE"]) = (user, database);
        var script = CodeBlock.OfPipeline($"docs/runbooks/{file}", key).Code;
        Assert.Contains("Test-LangSmithPgReadiness", script, StringComparison.Ordinal);
        var result = await RunAsync($"$ErrorActionPreference = 'Stop'\nfunction Install-PSResource {{ }}\n{script}");
        Assert.True(exitCode == result.ExitCode, result.Output + result.Errors);
        Assert.Contains("<testsuites", File.ReadAllText(Path.Combine(_folder, "readiness.xml")), StringComparison.Ordinal);
        Assert.Equal(key == "run", File.Exists(_environment["GITHUB_STEP_SUMMARY"]));
        Assert.Equal(key == "run" && exitCode != 0, result.Output.Contains("::error title=Database.Create (", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Health_is_compared_with_the_night_before()
    {
        (_environment["PG_USER"], _environment["PG_DATABASE"]) = ("owner", "ready");
        var script = $"$ErrorActionPreference = 'Stop'\nfunction Install-PSResource {{ }}\n{CodeBlock.OfPipeline("docs/runbooks/github-actions-health.yml", "run").Code}";
        var first = await RunAsync(script);
        Assert.True(first.ExitCode == 0, first.Output + first.Errors);
        Assert.DoesNotContain(" since ", first.Output, StringComparison.Ordinal);
        var second = await RunAsync(script);
        Assert.True(second.ExitCode == 0, second.Output + second.Errors);
        Assert.Contains(" since ", second.Output, StringComparison.Ordinal);
        Assert.Contains("Health of PostgreSQL for LangSmith", File.ReadAllText(_environment["GITHUB_STEP_SUMMARY"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pester_has_a_test_for_each_finding()
    {
        Assert.SkipUnless(File.Exists(BuildPaths.Pester), "Pester is not restored.");
        File.WriteAllText(Path.Combine(_folder, "fleet.csv"), $"host,port,database,user,password\nlocalhost,{_server.Port},ready,owner,\"{LiveServer.Password}\"\nlocalhost,{_server.Port},bare,guest,\"{LiveServer.Password}\"\n");
        var result = await RunAsync($$"""
            Import-Module '{{BuildPaths.Pester}}'
            $run = Invoke-Pester -Container (New-PesterContainer -Path '{{Sample("readiness.Tests.ps1")}}' -Data @{ FleetPath = "$PWD/fleet.csv" }) -PassThru -Output None
            $run.Failed | Where-Object { $_.Path[0] -notlike '*/ready' } | ForEach-Object { "$($_.ExpandedName)|$($_.ErrorRecord[0])" }
            "$($run.Failed.Count) failed, $(@($run.Passed | Where-Object ExpandedName -Like 'Connection:*').Count) connected, $(@($run.Tests | Where-Object Name -Like 'speaks*' | Where-Object Result -EQ Passed).Count) speak"
            """);
        Assert.Contains("8 failed, 2 connected, 2 speak", result.Output + result.Errors, StringComparison.Ordinal);
        Assert.Contains("Database.Create: Role guest may not", result.Output, StringComparison.Ordinal);
        Assert.Contains("GRANT CREATE ON DATABASE \"bare\" TO \"guest\";", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pester_fails_where_the_list_names_no_database()
    {
        Assert.SkipUnless(File.Exists(BuildPaths.Pester), "Pester is not restored.");
        File.WriteAllText(Path.Combine(_folder, "fleet.csv"), "host,port,database,user,password\n");
        var result = await RunAsync($$"""
            Import-Module '{{BuildPaths.Pester}}'
            $run = Invoke-Pester -Container (New-PesterContainer -Path '{{Sample("readiness.Tests.ps1")}}' -Data @{ FleetPath = "$PWD/fleet.csv" }) -PassThru -Output None
            "$($run.Result): $($run.Containers.ErrorRecord)"
            """);
        Assert.StartsWith("Failed: No database was tested: ", result.Output, StringComparison.Ordinal);
    }

    async Task<PwshResult> RunAsync(string script)
    {
        // On a machine at full load a check takes longer than the default allows.
        var result = await Pwsh.RunAsync($"$PSDefaultParameterValues['Test-LangSmithPg*:TimeoutSeconds'] = 120\n{script}", _folder, _environment);
        Assert.DoesNotContain(LiveServer.Password, result.Output + result.Errors, StringComparison.Ordinal);
        return result;
    }

    static string Unwrapped(string text) => Regex.Replace(Regex.Replace(text, @"\x1b\[[0-9;]*m", ""), @"\s*\n\s*(\|\s*)?", " ");

    static string Sample(string name) => Path.Combine(BuildPaths.Runbooks, name);
}
