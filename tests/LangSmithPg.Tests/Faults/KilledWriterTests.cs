using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Faults;

/// <summary>The fault matrix, files: a process that is killed while it writes.</summary>
public sealed class KilledWriterTests : IDisposable
{
    const string Password = "Zq7xNeedle";

    // So much that writing takes longer than anything else, and that a kill falls into it.
    const int Comment = 8 << 20;

    const int Attempts = 8;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_file_is_whole_and_what_is_left_beside_it_is_its_owner_s_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not tell modes.");
        var path = _folder.File(".env");
        await File.WriteAllTextAsync(path, $"# {new string('x', Comment)}\nPOSTGRES_DATABASE_URI=u:one@h/d\n", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        }

        for (var attempt = 0; attempt < Attempts && Left().Length == 0; attempt++)
        {
            await WriteAndKillAsync(path);
            var lines = await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal([Comment + 2, 1], [lines[0].Length, lines.Length - 1]);
            Assert.Matches($"^POSTGRES_DATABASE_URI=\"?'?u:(one|{Password}[ab])@h(:5432)?/d", lines[1]);
        }

        var left = Assert.Single(Left());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(left));

        // Nobody else is kept from writing.
        var next = await Pwsh.RunAsync($"Import-Module '{BuildPaths.ModuleManifest}'; 'u:next@h/d' | Set-LangSmithEnvFile '{path}'", _folder.Path);
        Assert.Equal("", next.Errors);
        Assert.Contains("u:next@h:5432/d", (await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken))[1], StringComparison.Ordinal);
    }

    string[] Left() => Directory.GetFiles(_folder.Path, "langsmithpg-*.tmp");

    async Task WriteAndKillAsync(string path)
    {
        using var process = Pwsh.Start(
            $$"""
            Import-Module '{{BuildPaths.ModuleManifest}}'
            while ($true) { 'a', 'b' | ForEach-Object { "u:{{Password}}$_@h/d" } | Set-LangSmithEnvFile '{{path}}' 3> $null }
            """, _folder.Path);
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            patience.CancelAfter(Patience);
            while (Left().Length == 0)
            {
                Assert.False(process.HasExited, "The writer ended.");
                await Task.Yield();
                patience.Token.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }
}
