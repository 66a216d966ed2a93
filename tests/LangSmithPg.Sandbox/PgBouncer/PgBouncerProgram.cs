using LangSmithPg.Sandbox.Processes;

namespace LangSmithPg.Sandbox.PgBouncer;

/// <summary>Finds pgbouncer: on the PATH, or where packages put daemons.</summary>
static class PgBouncerProgram
{
    static readonly string[] DaemonFolders = ["/usr/sbin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/bin"];

    /// <exception cref="PgBouncerNotAvailableException">It is nowhere.</exception>
    internal static string Find() =>
        ProgramPath.Find("pgbouncer", DaemonFolders)
        ?? throw new PgBouncerNotAvailableException($"No pgbouncer can be had. Looked at: PATH; {string.Join("; ", DaemonFolders)}.");
}
