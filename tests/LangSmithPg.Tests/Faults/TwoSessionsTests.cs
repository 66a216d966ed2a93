using LangSmithPg.Sandbox.Processes;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Faults;

/// <summary>The fault matrix, files: writers in two sessions of one machine, such as two terminals or a job of cron, and a disk that fails.</summary>
public sealed class TwoSessionsTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task They_wait_for_each_other()
    {
        Require("setsid");
        using var session = new ModuleSession();
        session.Run($"$turn = {Take("[Threading.CancellationToken]::None")}; if (!$turn) {{ throw 'There is no turn.' }}".Replace("$path", $"'{_folder.File("a")}'", StringComparison.Ordinal)).ThrowIfFailed();

        Assert.Equal("OperationCanceledException", await TakeInAnotherSessionAsync());

        session.Run("$turn.Dispose()").ThrowIfFailed();
        Assert.Equal("taken", await TakeInAnotherSessionAsync());
    }

    [Fact]
    public async Task They_lose_nothing_of_each_other()
    {
        const int Lines = 60;
        Require("setsid");
        await File.WriteAllTextAsync(_folder.File("a"), "begin", TestContext.Current.CancellationToken);

        var writers = await Task.WhenAll(RunAsync(Script("one")), RunAsync(Script("other")));

        Assert.All(writers, writer => Assert.Equal(("", 0), (writer.Errors, writer.ExitCode)));
        Assert.Equal(1 + (2 * Lines), (await File.ReadAllLinesAsync(_folder.File("a"), TestContext.Current.CancellationToken)).Distinct().Count());

        string Script(string writer) => $$"""
            for ($line = 0; $line -lt {{Lines}};) {
                $file = $core.GetType('LangSmithPg.Files.EditedFile').GetMethod('Open').Invoke($null, @($path, $true))
                try { $null = $file.Write("$($file.Text)`n{{writer}}.$line", $false, $false, [Threading.CancellationToken]::None); $line++ }
                catch { if ($_.Exception.InnerException.Kind -ne 'FileChanged') { throw } }
            }
            """;
    }

    [Fact]
    public async Task An_error_of_the_disk_leaves_the_old_file()
    {
        Require("strace");
        var path = _folder.File(".env");
        await File.WriteAllTextAsync(path, "A=1\n", TestContext.Current.CancellationToken);
        var tried = await Pwsh.RunAsync("exit 0", _folder.Path, within: Failing());
        Assert.SkipUnless(tried.ExitCode == 0, $"Programs cannot be traced here: {tried.Errors}");

        var result = await Pwsh.RunAsync(
            $"Import-Module '{BuildPaths.ModuleManifest}'; 'u:p@h/d' | Set-LangSmithEnvFile '{path}' -ErrorVariable failure 2> $null; $failure[0].FullyQualifiedErrorId; \"$($failure[0])\"", _folder.Path, within: Failing());

        Assert.StartsWith("FileNotWritten,", result.Output, StringComparison.Ordinal);
        Assert.Contains($"Could not write '{path}' to disk: Input/output error.", result.Output, StringComparison.Ordinal);
        Assert.Equal("A=1\n", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.tmp"));
    }

    string[] Failing() => ["strace", "-f", "-qq", "-o", _folder.File("trace"), "-e", "trace=fsync", "-e", "inject=fsync:error=EIO"];

    async Task<string> TakeInAnotherSessionAsync() => (await RunAsync(
        $$"""
        $soon = [Threading.CancellationTokenSource]::new(200)
        try { $turn = {{Take("$soon.Token")}}; $turn.Dispose(); 'taken' } catch { $_.Exception.GetBaseException().GetType().Name }
        """)).Output.Trim();

    static string Take(string token) => $"[LangSmithPg.Connections.PgConnectionString].Assembly.GetType('LangSmithPg.Files.FileLock').GetMethod('Take').Invoke($null, @($path, {token}))";

    Task<PwshResult> RunAsync(string script) =>
        Pwsh.RunAsync($"Import-Module '{BuildPaths.ModuleManifest}'; $core = [LangSmithPg.Connections.PgConnectionString].Assembly; $path = '{_folder.File("a")}'; {script}", _folder.Path, within: ["setsid", "--wait"]);

    static void Require(string program) => Assert.SkipUnless(ProgramPath.Find(program) is not null, $"{program} is not installed.");
}
