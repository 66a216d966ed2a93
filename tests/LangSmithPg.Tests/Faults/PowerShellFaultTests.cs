using System.Diagnostics;
using System.Management.Automation;
using System.Runtime.InteropServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using LangSmithPg.Sandbox.FaultInjection;
using LangSmithPg.Sandbox.Tls;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Faults;

/// <summary>The fault matrix, PowerShell: whatever a session does to a cmdlet in the middle, it ends at once, and quietly.</summary>
public sealed class PowerShellFaultTests : IDisposable
{
    // Far more than a second on a busy machine, far less than the time limits that are not meant to end these.
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    const string Connection = "'u:p@127.0.0.1:1/d?sslmode=require'";
    const string Values = "(New-LangSmithPgConnectionString h d -UserName u -IamAuthProvider Aws | New-LangSmithHelmValues)";

    // Every cmdlet of the module, at work in a pipeline without an end. {0} is a folder.
    static readonly Dictionary<string, string> Endless = new()
    {
        ["Compare-LangSmithPgReport"] = "$report | Compare-LangSmithPgReport $report",
        ["Compare-LangSmithPgDatabase"] = $"{Connection} | Compare-LangSmithPgDatabase {Connection} -ErrorAction Ignore",
        ["ConvertFrom-LangSmithPgConnectionString"] = $"{Connection} | ConvertFrom-LangSmithPgConnectionString",
        ["ConvertTo-LangSmithYaml"] = $"{Values} | ConvertTo-LangSmithYaml",
        ["Copy-LangSmithPgDatabase"] = $"{Connection} | Copy-LangSmithPgDatabase -From {Connection} -WhatIf -ErrorAction Ignore",
        ["Export-LangSmithHelmValues"] = $"{Values} | Export-LangSmithHelmValues {{0}}/values.yaml",
        ["Export-LangSmithPgReport"] = $"$report | Export-LangSmithPgReport {{0}}/report.html -Force",
        ["Export-LangSmithYaml"] = $"{Values} | Export-LangSmithYaml {{0}}/values.yaml -Force",
        ["Get-LangSmithPgAccessToken"] = $"{Connection} | Get-LangSmithPgAccessToken -ErrorAction Ignore",
        ["Get-LangSmithPgCertificate"] = "Get-LangSmithPgCertificate 127.0.0.1 1 -ErrorAction Ignore",
        ["Get-LangSmithComponent"] = "Get-LangSmithComponent",
        ["Get-LangSmithPgConnection"] = "Get-LangSmithPgConnection {0}/absent.env -ErrorAction Ignore",
        ["Get-LangSmithPgDatabase"] = "Get-LangSmithPgDatabase",
        ["Get-LangSmithPgServer"] = $"{Connection} | Get-LangSmithPgServer -ErrorAction Ignore",
        ["Measure-LangSmithPgConnectionBudget"] = "Measure-LangSmithPgConnectionBudget",
        ["Initialize-LangSmithPgDatabase"] = $"{Connection} | Initialize-LangSmithPgDatabase -NewDatabase d -RoleName r -AsScript",
        ["Install-LangSmithPgExtensions"] = $"{Connection} | Install-LangSmithPgExtensions -ErrorAction Ignore",
        ["Invoke-LangSmithPgSetup"] = $"{Connection} | Invoke-LangSmithPgSetup -OutputPath {{0}}/setup",
        ["Invoke-LangSmithPgSupportQuery"] = $"{Connection} | Invoke-LangSmithPgSupportQuery -Path {{0}}/absent.sql -ErrorAction Ignore",
        ["New-LangSmithCaSecret"] = "$authority | New-LangSmithCaSecret",
        ["New-LangSmithMtlsSecret"] = "New-LangSmithMtlsSecret {0}/absent.crt {0}/absent.key -ErrorAction Ignore",
        ["New-LangSmithPgConnectionString"] = "New-LangSmithPgConnectionString h d -UserName u",
        ["New-LangSmithHelmValues"] = $"{Connection} | New-LangSmithHelmValues",
        ["New-LangSmithPgIamRole"] = $"{Connection} | New-LangSmithPgIamRole -Provider Gcp -RoleName r -AsScript",
        ["New-LangSmithPgMoveJob"] = "'{0}/absent.yaml' | New-LangSmithPgMoveJob -ErrorAction Ignore",
        ["New-LangSmithPgPreflightJob"] = $"{Connection} | New-LangSmithPgPreflightJob",
        ["New-LangSmithPgSecret"] = $"{Connection} | New-LangSmithPgSecret",
        ["Receive-LangSmithPgMove"] = "'no log' | Receive-LangSmithPgMove -ErrorAction Ignore",
        ["Receive-LangSmithPgPreflight"] = "'no log' | Receive-LangSmithPgPreflight -ErrorAction Ignore",
        ["Set-LangSmithIamAnnotations"] = $"{Values} | Set-LangSmithIamAnnotations -RoleArn arn:aws:iam::123456789012:role/langsmith",
        ["Set-LangSmithEnvFile"] = $"{Connection} | Set-LangSmithEnvFile {{0}}/.env",
        ["Set-LangSmithPgOwner"] = $"{Connection} | Set-LangSmithPgOwner -From a -To b -WhatIf -ErrorAction Ignore",
        ["Set-LangSmithPodSecurityContext"] = $"{Values} | Set-LangSmithPodSecurityContext",
        ["Test-LangSmithHelmValues"] = "'{0}/absent.yaml' | Test-LangSmithHelmValues -ErrorAction Ignore",
        ["Test-LangSmithPgConnection"] = $"{Connection} | Test-LangSmithPgConnection",
        ["Test-LangSmithPgConnectionString"] = $"{Connection} | Test-LangSmithPgConnectionString",
        ["Test-LangSmithPgExtensions"] = $"{Connection} | Test-LangSmithPgExtensions -ErrorAction Ignore",
        ["Test-LangSmithPgHealth"] = $"{Connection} | Test-LangSmithPgHealth",
        ["Test-LangSmithPgMove"] = $"{Connection} | Test-LangSmithPgMove -From {Connection}",
        ["Test-LangSmithPgReadiness"] = $"{Connection} | Test-LangSmithPgReadiness",
        ["Test-LangSmithPgRelease"] = "'{0}/absent.yaml' | Test-LangSmithPgRelease -ErrorAction Ignore",
    };

    readonly ModuleSession _session = new();
    readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    public static TheoryData<string> Cmdlets => [.. Endless.Keys.Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_cmdlet_is_here() => Assert.Equal(
        _session.Run("(Get-Module LangSmithPg).ExportedCmdlets.Keys").Output.Select(name => (string)name.BaseObject).Order(StringComparer.Ordinal),
        Endless.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public async Task CtrlC_in_every_cmdlet(string cmdlet)
    {
        _session.Run("$report = 'u:p@127.0.0.1:1/d' | Test-LangSmithPgReadiness").ThrowIfFailed();
        using var authority = CertificateAuthority.CreateRoot();
        _session.Set("authority", X509Certificate2.CreateFromPem(authority.CertificatePem));
        var turns = new int[1];
        _session.Set("turns", turns);
        var script = Endless[cmdlet].Replace("{0}", _folder.Path, StringComparison.Ordinal);
        using var shell = _session.Create($"while ($true) {{ {script} | ForEach-Object {{ }}; $turns[0]++ }}");
        var running = shell.BeginInvoke();
        await WaitUntilAsync(() => Volatile.Read(ref turns[0]) > 1 || running.IsCompleted);

        AssertStops(shell, running);
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
    }

    // What a file cmdlet waits for: a pipe that nobody writes to, as a share that hangs.
    [Theory]
    [InlineData("Test-LangSmithHelmValues $pipe")]
    [InlineData("Test-LangSmithHelmValues $pipe -Chart $pipe")]
    [InlineData("Get-LangSmithComponent -Chart $pipe")]
    [InlineData("Get-LangSmithPgConnection $pipe")]
    [InlineData("Receive-LangSmithPgMove -Path $pipe")]
    [InlineData("Receive-LangSmithPgPreflight -Path $pipe")]
    [InlineData("Compare-LangSmithPgReport $pipe $pipe")]
    [InlineData(Connection + " | Test-LangSmithPgReadiness -AcceptedFinding $pipe")]
    [InlineData(Connection + " | Invoke-LangSmithPgSupportQuery -Path $pipe")]
    [InlineData(Connection + " | Test-LangSmithPgHealth -Baseline $pipe")]
    [InlineData("New-LangSmithCaSecret $pipe")]
    [InlineData("New-LangSmithMtlsSecret $pipe $pipe")]
    [InlineData("New-LangSmithMtlsSecret -PfxPath $pipe")]
    [InlineData("Get-LangSmithPgCertificate 127.0.0.1 1 -CaCertificate $pipe")]
    [InlineData(Connection + " | Test-LangSmithPgReadiness -CaCertificate $pipe")]
    [InlineData(Connection + " | Test-LangSmithPgReadiness -ClientCertificate $pipe")]
    [InlineData("\"u:p@127.0.0.1:1/d?sslmode=verify-ca&sslrootcert=$pipe\" | Test-LangSmithPgReadiness")]
    [InlineData("\"u:p@127.0.0.1:1/d?sslmode=require&sslcert=$pipe\" | Test-LangSmithPgConnection")]
    public async Task CtrlC_while_a_file_does_not_come(string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes in folders.");
        var pipe = _folder.File("pipe.yaml");
        Assert.Equal(0, MakePipe(Encoding.UTF8.GetBytes(pipe + '\0'), 384));
        _session.Set("pipe", pipe);
        using var shell = _session.Create($"{script} -ErrorAction Stop");
        var running = shell.BeginInvoke();

        // It opens for writing when somebody reads.
        var opened = Task.Run(() => new FileStream(pipe, FileMode.Open, FileAccess.Write, FileShare.ReadWrite), TestContext.Current.CancellationToken);
        await opened.WaitAsync(Soon, TestContext.Current.CancellationToken);
        Assert.False(running.IsCompleted);

        AssertStops(shell, running);
        await (await opened).DisposeAsync();
    }

    // What would be written there never comes back from it.
    [Theory]
    [InlineData(Values + " | Export-LangSmithHelmValues $pipe")]
    [InlineData(Connection + " | Set-LangSmithEnvFile $pipe")]
    [InlineData(Values + " | Export-LangSmithYaml $pipe")]
    [InlineData(Values + " | Export-LangSmithYaml $pipe -Force")]
    public void A_pipe_in_the_place_of_a_file_is_refused_at_once(string script)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux is asked what it is.");
        var pipe = _folder.File("pipe.yaml");
        Assert.Equal(0, MakePipe(Encoding.UTF8.GetBytes(pipe + '\0'), 384));
        _session.Set("pipe", pipe);

        var result = _session.Run(script);

        Assert.Equal(("FileNotWritten", $"'{pipe}' is a pipe, not a file."), (result.ErrorId, result.Errors[0].ToString()));
        Assert.Equal(["pipe.yaml"], Directory.GetFileSystemEntries(Path.GetDirectoryName(pipe)!).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("Test-LangSmithPgConnection")]
    [InlineData("Test-LangSmithPgReadiness")]
    [InlineData("Get-LangSmithPgCertificate")]
    public async Task The_session_is_closed_in_the_middle(string cmdlet)
    {
        await using var silent = TarpitServer.Silent();
        using var session = new ModuleSession();
        using var shell = session.Create($"'u:p@127.0.0.1:{silent.Port}/d?sslmode=require' | {cmdlet} -TimeoutSeconds 600");
        shell.BeginInvoke();
        await WaitUntilAsync(() => silent.Accepted > 0);

        session.Dispose();

        await WaitUntilAsync(() => shell.InvocationStateInfo.State == PSInvocationState.Stopped);
    }

    [Fact]
    public async Task The_module_is_removed_in_the_middle_of_its_own_pipeline()
    {
        await using var closing = TarpitServer.Closing();
        var result = _session.Run($$"""
            1..20 | ForEach-Object { 'u:p@127.0.0.1:{{closing.Port}}/d' } | Test-LangSmithPgReadiness -ThrottleLimit 2 |
                ForEach-Object { Remove-Module LangSmithPg -ErrorAction Ignore; "$($_.IsReady)" }
            """);

        Assert.Empty(result.Errors);
        Assert.Equal(Enumerable.Repeat("False", 20), result.Output.Select(one => (string)one.BaseObject));
    }

    [Fact]
    public async Task What_comes_behind_breaks_off()
    {
        await using var silent = TarpitServer.Silent();
        var clock = Stopwatch.StartNew();

        var result = _session.Run($"'u:p@127.0.0.1:1/d', 'u:p@127.0.0.1:{silent.Port}/d' | Test-LangSmithPgReadiness -TimeoutSeconds 600 | ForEach-Object {{ throw 'behind' }}");

        Assert.Equal("behind", Assert.Single(result.Errors).Exception.Message);
        Assert.True(clock.Elapsed < Soon);
    }

    [Theory]
    [InlineData("Test-LangSmithPgReadiness")]
    [InlineData("Get-LangSmithPgServer")]
    public async Task An_error_ends_a_fleet_where_errors_are_to_stop(string cmdlet)
    {
        await using var silent = TarpitServer.Silent();
        var clock = Stopwatch.StartNew();

        var result = _session.Run($"'u:p@h:99999/d', 'u:p@127.0.0.1:{silent.Port}/d' | {cmdlet} -TimeoutSeconds 600 -ErrorAction Stop");

        Assert.Equal("InvalidPort", result.ErrorId);
        Assert.Empty(result.Output);
        Assert.True(clock.Elapsed < Soon);
    }

    [Fact]
    public async Task In_PowerShell_itself_one_result_is_enough_jobs_stop_and_modules_come_and_go()
    {
        await using var silent = TarpitServer.Silent();
        var running = Pwsh.RunAsync(
            $$"""
            $ErrorActionPreference = 'Stop'
            Import-Module '{{BuildPaths.ModuleManifest}}'
            $silent = 'u:p@127.0.0.1:{{silent.Port}}/d'
            'first ' + ('u:p@127.0.0.1:1/d', $silent | Test-LangSmithPgReadiness -TimeoutSeconds 600 | Select-Object -First 1).Target
            'first ' + ('u:p@127.0.0.1:1/d', $silent | Test-LangSmithPgConnection -TimeoutSeconds 600 | Select-Object -First 1).Target
            'first ' + (Get-LangSmithComponent | Select-Object -First 1).Name
            $job = Start-ThreadJob { Import-Module '{{BuildPaths.ModuleManifest}}'; $using:silent | Test-LangSmithPgReadiness -TimeoutSeconds 600 }
            while ($job.State -eq 'NotStarted') { Start-Sleep -Milliseconds 20 }
            Remove-Module LangSmithPg
            $job | Stop-Job -PassThru | ForEach-Object { "job $($_.State)" }
            $quiet = 1..8 | ForEach-Object -ThrottleLimit 8 -Parallel {
                Import-Module '{{BuildPaths.ModuleManifest}}'
                'u:p@127.0.0.1:1/d' | Test-LangSmithPgConnection -Quiet
                ('u:p@h/d' | New-LangSmithHelmValues | ConvertTo-LangSmithYaml).Length -gt 0
                Remove-Module LangSmithPg
            }
            'parallel ' + @($quiet | Where-Object { -not $_ }).Count + ' ' + @($quiet | Where-Object { $_ }).Count
            """, _folder.Path);

        var result = await running.WaitAsync(18 * Soon, TestContext.Current.CancellationToken);

        Assert.Equal("", result.Errors);
        Assert.Equal(
            ["first 127.0.0.1:1/d", "first 127.0.0.1:1/d", "first backend", "job Stopped", "parallel 8 8"],
            result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.Equal(0, result.ExitCode);
    }

    static void AssertStops(PowerShell shell, IAsyncResult running)
    {
        var clock = Stopwatch.StartNew();
        shell.Stop();
        Assert.True(clock.Elapsed < Soon);
        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
        Assert.DoesNotContain(shell.Streams.Error, error => error.FullyQualifiedErrorId.StartsWith("Unexpected", StringComparison.Ordinal));
    }

    static async Task WaitUntilAsync(Func<bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(3 * Soon);
        while (!condition())
        {
            await Task.Delay(10, patience.Token);
        }
    }

    [DllImport("libc", EntryPoint = "mkfifo")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int MakePipe(byte[] path, uint mode);
}
