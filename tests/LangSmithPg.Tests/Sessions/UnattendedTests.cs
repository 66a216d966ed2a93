
namespace LangSmithPg.Tests.Sessions;

/// <summary>PowerShell itself where nobody looks: without a terminal, in jobs, in many runspaces, in plain text.</summary>
public sealed class UnattendedTests : IDisposable
{
    readonly LiveServer _server;
    readonly string _folder = Directory.CreateTempSubdirectory("langsmithpg-tests-").FullName;

    public UnattendedTests(LiveServer server) => _server = server;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Nothing_asks()
    {
        var lines = await LinesAsync("""
            $ErrorActionPreference = 'SilentlyContinue'
            foreach ($command in Get-Command -Module LangSmithPg) {
                $failure = $null
                try { & $command -ErrorVariable failure | Out-Null } catch { $failure = @($_) }
                "$command $(@($failure)[0].FullyQualifiedErrorId -replace ',.*')"
            }

            $ErrorActionPreference = 'Continue'
            $ConfirmPreference = 'Low'
            $query = [IO.Path]::GetTempFileName()
            [IO.File]::WriteAllText($query, 'create temp table t (a int); insert into t values (1);')
            $changes = @(
                { $bare | Install-LangSmithPgExtensions }
                { $old | New-LangSmithPgIamRole -Provider Aws -RoleName nobody }
                { $boss | Initialize-LangSmithPgDatabase -NewDatabase nothing -RoleName nobody }
                { $bare | Set-LangSmithEnvFile no.env }
                { $bare | New-LangSmithPgSecret | Export-LangSmithYaml no.yaml }
                { $bare | New-LangSmithHelmValues | Export-LangSmithHelmValues no.yaml }
                { Set-LangSmithPodSecurityContext -Path no.yaml }
                { Set-LangSmithIamAnnotations -RoleArn arn:aws:iam::123456789012:role/langsmith -Path no.yaml }
                { $bare | Test-LangSmithPgReadiness | Export-LangSmithPgReport no.html }
                { $bare | Invoke-LangSmithPgSupportQuery -Path $query -AllowWrite }
            )
            foreach ($change in $changes) {
                try { $failure = @(& $change 2>&1 | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })[0] } catch { $failure = $_ }
                "change $($failure.FullyQualifiedErrorId -replace ',.*') $($failure.ErrorDetails.RecommendedAction)"
            }

            [IO.File]::Delete($query)
            "files $(@(Get-ChildItem).Count)"
            """);
        string[] complete = ["Get-LangSmithComponent", "Get-LangSmithPgDatabase", "Measure-LangSmithPgConnectionBudget", "Set-LangSmithPodSecurityContext"];
        var commands = lines.Where(line => line.Contains("-LangSmith", StringComparison.Ordinal) && !line.StartsWith("change", StringComparison.Ordinal)).ToList();
        Assert.All(complete, command => Assert.Contains(command, commands));
        Assert.All(commands.Except(complete), line => Assert.True(line.EndsWith(" MissingMandatoryParameter", StringComparison.Ordinal) || line.EndsWith(" AmbiguousParameterSet", StringComparison.Ordinal)
            || line == "Invoke-LangSmithPgSetup ConnectionNotAsked", line));

        var changes = lines.Where(line => line.StartsWith("change", StringComparison.Ordinal)).ToList();
        Assert.Equal(10, changes.Count);
        Assert.All(changes, line => Assert.StartsWith("change NotConfirmed ", line, StringComparison.Ordinal));
        Assert.All(changes, line => Assert.EndsWith("-Confirm:$false.", line, StringComparison.Ordinal));
        Assert.Contains("files 0", lines);
    }

    [Fact]
    public async Task Runspaces_and_jobs_do_as_the_prompt_does()
    {
        var lines = await LinesAsync("""
            $inside = 1..16 | ForEach-Object -Parallel { Import-Module $using:manifest; ($using:bare | Test-LangSmithPgReadiness -TimeoutSeconds 120).Findings.Count } -ThrottleLimit 8
            "inside $($inside.Count) $(@($inside | Sort-Object -Unique).Count)"
            $outside = 1..16 | ForEach-Object -Parallel { $using:bare | Test-LangSmithPgConnection -Quiet -TimeoutSeconds 120 } -ThrottleLimit 8
            "outside $(@($outside | Where-Object { $_ }).Count)"
            $thread = Start-ThreadJob { $using:bare | Test-LangSmithPgReadiness -TimeoutSeconds 120 } | Receive-Job -Wait -AutoRemoveJob
            "thread $($thread.IsReady) $($thread.GetType().Name)"

            $job = Start-Job { Import-Module $using:manifest; New-LangSmithPgConnectionString localhost bare -Port $using:port -Credential $using:credential | Test-LangSmithPgReadiness -TimeoutSeconds 120 } | Receive-Job -Wait -AutoRemoveJob
            "job $($job.IsReady) $($job.Fixes[0]) $($job.Facts.Database.Name) $(@($job.Findings | Where-Object Status -EQ Fail).Count)"
            $job | Export-LangSmithPgReport job.html -PassThru | ForEach-Object Name
            $refused = Start-Job { Import-Module $using:manifest; $using:bare | Test-LangSmithPgReadiness } | Receive-Job -Wait -AutoRemoveJob 2>&1
            "refused $($refused.FullyQualifiedErrorId -replace ',.*')"
            """);
        Assert.Contains("inside 16 1", lines);
        Assert.Contains("outside 16", lines);
        Assert.Contains("thread False ReadinessReport", lines);
        Assert.Contains("job False GRANT CREATE ON DATABASE \"bare\" TO \"guest\"; bare 8", lines);
        Assert.Contains("job.html", lines);
        Assert.Contains("refused DeserializedConnection", lines);
    }

    [Fact]
    public async Task Colours_are_those_of_PSStyle_and_go_where_output_is_plain()
    {
        const string Script = """
            $report = $bare | Test-LangSmithPgReadiness -MinimumStatus Fail
            $tables = { $report; ($bare | Test-LangSmithPgExtensions)[0]; $bare | Test-LangSmithPgConnection }
            "default $($PSStyle.OutputRendering)"
            "plain $((& $tables | Out-String -Width 100).Contains([char]27))"
            $PSStyle.OutputRendering = 'Ansi'
            $PSStyle.Formatting.Error = "`e[35m"
            "styled $(($report | Out-String -Width 100).Contains("`e[35mNot ready: 2 problems.`e[0m"))"
            """;
        var lines = await LinesAsync(Script);
        Assert.Contains("default Host", lines);
        Assert.Contains("plain False", lines);
        Assert.Contains("styled True", lines);
        Assert.Contains("default PlainText", await LinesAsync(Script, noColor: true));
    }

    [Fact]
    public async Task A_list_has_every_fix_in_full()
    {
        var lines = await LinesAsync("""
            $report = $bare | Test-LangSmithPgReadiness
            $report | Format-List | Out-String -Width 100
            $report.Findings | Where-Object Id -EQ Schema.Create | Format-List | Out-String -Width 100
            'app:p@ss@h/d' | Test-LangSmithPgConnectionString | Format-List | Out-String -Width 100
            """);
        Assert.Equal(2, lines.Count(line => line.Contains(": GRANT ", StringComparison.Ordinal)));
        Assert.Equal(2, lines.Count(line => line.Trim().StartsWith("-- or, as a superuser or the owner: ALTER DATABASE", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.StartsWith("Differences : It reads a different host.", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains('…', StringComparison.Ordinal) || line.Contains(" { ", StringComparison.Ordinal) || line.Length > 100);
    }

    [Fact]
    public async Task Reports_are_rows_of_a_table_and_of_a_file()
    {
        var lines = await LinesAsync("""
            $report = $bare | Test-LangSmithPgReadiness
            "$report"
            $report | Format-Table | Out-String -Width 100
            $report | Where-Object FailCount -GT 1 | Select-Object IsReady, FailCount, FirstProblem | ConvertTo-Csv
            """);
        Assert.EndsWith("/bare: not ready: 2 problems", lines[0], StringComparison.Ordinal);
        Assert.Contains("Ready   Fail Warn Version Target and first problem", lines);
        Assert.Contains("\"False\",\"8\",\"Role guest may not create schemas and extensions in database bare.\"", lines);
    }

    [Fact]
    public async Task Debug_asks_nothing()
    {
        var lines = await LinesAsync("'u:p@127.0.0.1:1/d' | Test-LangSmithPgReadiness -Debug 5>&1 | ForEach-Object { \"$_\" }");
        Assert.Contains("127.0.0.1:1/d: not ready: 1 problem", lines);
        Assert.Contains(lines, line => line.StartsWith("127.0.0.1:1/d: Connecting to 127.0.0.1:1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_program_that_hosts_PowerShell_without_a_terminal_sees_whole_lines()
    {
        var lines = await LinesAsync("""
            $shell = [powershell]::Create([runspacefactory]::CreateRunspace())
            $shell.Runspace.Open()
            $shell.Runspace.SessionStateProxy.SetVariable('bare', $bare)
            $shell.AddScript("Import-Module '$manifest'; `$bare | Test-LangSmithPgReadiness -MinimumStatus Fail | Out-String -Width 100; `$bare | Set-LangSmithEnvFile no.env -Confirm").Invoke()
            "asked $($shell.Streams.Error[0].FullyQualifiedErrorId -replace ',.*')"
            """);
        Assert.Contains("  Fail     Database.Create  Role guest may not create schemas and extensions in database bare. 6", lines);
        Assert.Contains("asked NotConfirmed", lines);
    }

    async Task<List<string>> LinesAsync(string script, bool noColor = false)
    {
        var result = await Pwsh.RunAsync(
            $$"""
            $manifest = '{{BuildPaths.ModuleManifest}}'
            $port = {{_server.Port}}
            Import-Module $manifest
            $credential = [pscredential]::new('guest', (ConvertTo-SecureString $env:NEEDLE -AsPlainText -Force))
            $bare = New-LangSmithPgConnectionString localhost bare -Port $port -Credential $credential
            $boss = New-LangSmithPgConnectionString localhost postgres -Port $port -UserName boss -Password $env:NEEDLE
            $old = New-LangSmithPgConnectionString localhost hand_over -Port $port -UserName sa@proj.iam -Password $env:NEEDLE
            """ + "\n" + script,
            _folder,
            new Dictionary<string, string>
            {
                ["PSModulePath"] = BuildPaths.ModuleFolder + Path.PathSeparator + Environment.GetEnvironmentVariable("PSModulePath"),
                ["NEEDLE"] = LiveServer.Password,
                [noColor ? "NO_COLOR" : "COLOR"] = "1",
            });
        Assert.DoesNotContain(LiveServer.Password, result.Output + result.Errors, StringComparison.Ordinal);
        Assert.True(result.ExitCode == 0, result.Errors);
        return [.. result.Output.Split('\n').Select(line => line.TrimEnd())];
    }
}
