using System.Security.Cryptography;
using System.Text;
using LangSmithPg.Sandbox.Folders;
using LangSmithPg.Sandbox.Processes;

namespace LangSmithPg.Sandbox.Postgres;

/// <summary>A fresh cluster of each build, made once: a copy takes a fraction of the time that <c>initdb</c> does.</summary>
static class PostgresTemplate
{
    internal const string SuperUser = "postgres";

    // The encoding must be UTF-8 without any locale of the machine; only Linux has it by this name.
    static readonly string Locale = OperatingSystem.IsLinux() ? "C.UTF-8" : "C";

    internal static async Task CopyAsync(PostgresBinaries binaries, string target, CancellationToken cancellationToken)
    {
        var template = await GetAsync(binaries, cancellationToken);
        await Task.Run(() => FolderCopy.Copy(template, target), cancellationToken);
    }

    static Task<string> GetAsync(PostgresBinaries binaries, CancellationToken cancellationToken)
    {
        var build = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(binaries.BinFolder)))[..12];
        return KeptFolder.GetAsync(Path.Join(SandboxRoot.Templates, $"{binaries.Version}-{build}"), async temporary =>
        {
            Privileges.HandOver(temporary);
            await InitializeAsync(binaries, temporary, cancellationToken);
            return Path.Join(temporary, "data");
        }, cancellationToken);
    }

    static async Task InitializeAsync(PostgresBinaries binaries, string folder, CancellationToken cancellationToken)
    {
        var initdb = new Command(binaries.PathOf("initdb"), "-D", Path.Join(folder, "data"), "-U", SuperUser, "-E", "UTF8",
            $"--locale={Locale}", "--auth=scram-sha-256", "--pwfile", WritePassword(folder), "--no-sync")
        {
            IsServer = true,
            EndsByItself = true,
            WorkingFolder = folder,
        };
        var result = await initdb.RunAsync(cancellationToken);
        if (result.ExitCode != 0)
            throw new PostgresServerException($"initdb of {binaries.BinFolder} failed: {result.Output}");
    }

    // Every server gets its own password over this one.
    static string WritePassword(string folder) => new Workspace(folder).Write("password", Guid.NewGuid().ToString());
}
