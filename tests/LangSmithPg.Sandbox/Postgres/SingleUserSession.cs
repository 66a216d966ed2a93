using System.Text;
using LangSmithPg.Sandbox.Processes;

namespace LangSmithPg.Sandbox.Postgres;

/// <summary>Runs SQL on a stopped cluster, so that preparing a server needs no driver.</summary>
static class SingleUserSession
{
    // With -j a statement may span lines: a semicolon and an empty line end it.
    const string End = ";\n\n";

    internal static async Task RunAsync(
        PostgresBinaries binaries, string dataFolder, IEnumerable<string> statements, CancellationToken cancellationToken)
    {
        var script = new StringBuilder();
        foreach (var statement in statements)
            script.Append(Normalize(statement)).Append(End);
        var session = new Command(binaries.PathOf("postgres"),
            "--single", "-j", "-D", dataFolder, "-c", "exit_on_error=on", "-c", "log_statement=none", "postgres")
        {
            IsServer = true,
            EndsByItself = true,
            WorkingFolder = dataFolder,
            Input = script.ToString(),
        };
        var result = await session.RunAsync(cancellationToken);
        if (result.ExitCode != 0)
            throw new PostgresServerException($"PostgreSQL {binaries.Version} did not run the first statements: {result.Output}");
    }

    static string Normalize(string statement)
    {
        var text = statement.ReplaceLineEndings("\n").Trim().TrimEnd(';');
        return text.Contains(End, StringComparison.Ordinal)
            ? throw new ArgumentException("A statement must not have an empty line after a semicolon.", nameof(statement))
            : text;
    }
}
