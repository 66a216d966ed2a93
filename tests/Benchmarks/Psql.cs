using System.Diagnostics;
using LangSmithPg.Sandbox.Postgres;

namespace LangSmithPg.Benchmarks;

/// <summary>psql with the same facts query: what an admin would otherwise write.</summary>
static class Psql
{
    static readonly string Facts = Path.Combine(AppContext.BaseDirectory, "facts-for-psql.sql");

    /// <summary>The program itself: on Debian, psql on the path is a wrapper in Perl that takes longer than psql does.</summary>
    static readonly string Program =
        (Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [])
            .Select(folder => Path.Combine(folder, "bin", "psql")).Where(File.Exists).Order(StringComparer.Ordinal).LastOrDefault() ?? "psql";

    static Psql() => File.WriteAllText(
        Facts,
        "begin transaction read only;\nselect set_config('langsmithpg.search_path', to_json(current_schemas(true))::text, true);\n"
        + File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "facts.sql")).Replace("$1", "'public'", StringComparison.Ordinal) + ";\ncommit;\n");

    public static Task RunAsync(PostgresServer server, string database) => RunAsync(Program, Arguments(server, database), server);

    /// <summary>One psql for each database, so many at a time.</summary>
    public static Task RunManyAsync(PostgresServer server, IEnumerable<string> databases, int limit) => RunAsync(
        "sh",
        [
            "-c",
            $"printf '%s\\n' {string.Join(' ', databases)} | xargs -P {limit} -I DATABASE {Program} {string.Join(' ', Arguments(server, "DATABASE"))}",
        ],
        server);

    static string[] Arguments(PostgresServer server, string database) =>
        ["-X", "-q", "-A", "-t", "-h", server.Host, "-p", $"{server.Port}", "-U", server.SuperUserName, "-d", database, "-f", Facts];

    static async Task RunAsync(string program, IEnumerable<string> arguments, PostgresServer server)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, Environment = { ["PGPASSWORD"] = server.SuperUserPassword } };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0 || !output.Contains("version_number", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"psql failed with {process.ExitCode}.");
        }
    }
}
