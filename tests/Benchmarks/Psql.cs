using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace LangSmithPg.Benchmarks;

/// <summary>PostgreSQL's own programs with the same facts: what an admin would otherwise use, and what the server itself can bear.</summary>
static partial class Psql
{
    /// <summary>A statement for each kind of facts, as an admin writes them.</summary>
    public static readonly string ByHand = Path.Combine(AppContext.BaseDirectory, "facts-by-hand.sql");

    /// <summary>The module's own query.</summary>
    public static readonly string OurQuery = Path.Combine(AppContext.BaseDirectory, "facts-for-psql.sql");

    /// <summary>Next to nothing: what is left is connecting.</summary>
    public static readonly string Nothing = Path.Combine(AppContext.BaseDirectory, "nothing.sql");

    /// <summary>The programs themselves: on Debian, psql on the path is a wrapper in Perl that takes longer than psql does.</summary>
    static readonly string Folder =
        (Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [])
            .Select(folder => Path.Combine(folder, "bin")).Where(Directory.Exists).Order(StringComparer.Ordinal).LastOrDefault() ?? "";

    static Psql()
    {
        File.WriteAllText(
            OurQuery,
            "begin transaction read only;\n"
            + "select set_config('langsmithpg.search_path', to_json(current_schemas(true))::text, true), set_config('search_path', 'pg_catalog', true), "
            + "set_config('langsmithpg.statement_timeout', current_setting('statement_timeout'), true);\n"
            + File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "facts.sql")).Replace("$1", "'public'", StringComparison.Ordinal).Replace("$2", "true", StringComparison.Ordinal) + "\ncommit;\n");
        File.WriteAllText(Nothing, "select 1;\n");
    }

    /// <summary>One psql.</summary>
    public static Task RunAsync(Endpoint server, string database, string file) => RunAsync("psql", Arguments(server, database, file));

    /// <summary>One psql for each database, so many at a time.</summary>
    public static Task RunManyAsync(Endpoint server, IEnumerable<string> databases, int limit, string file) => RunAsync(
        "sh",
        [
            "-c",
            $"printf '%s\\n' {string.Join(' ', databases)} | xargs -P {limit} -I DATABASE {Path.Combine(Folder, "psql")} {string.Join(' ', Arguments(server, "DATABASE", file))}",
        ]);

    /// <summary>pgbench, connecting anew for each transaction.</summary>
    /// <returns>How many milliseconds so many transactions take.</returns>
    public static async Task<double> BenchAsync(Endpoint server, string database, int limit, string file, int count)
    {
        var output = await RunAsync(
            "pgbench",
            [
                "--no-vacuum", "--connect", "--client", $"{limit}", "--jobs", $"{limit}", "--transactions", $"{Math.Max(1, count / limit)}", "--file", file,
                .. Login(server), database,
            ]);
        return count * 1000 / double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    static string[] Login(Endpoint server) => ["-h", server.Host, "-p", $"{server.Port}", "-U", ReadyServer.Role];

    static string[] Arguments(Endpoint server, string database, string file) => ["-X", "-q", "-A", "-t", .. Login(server), "-d", database, "-f", file];

    static async Task<string> RunAsync(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program == "sh" ? program : Path.Combine(Folder, program), arguments)
        {
            RedirectStandardOutput = true,
            Environment = { ["PGPASSWORD"] = ReadyServer.Password },
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 && output.Length > 0 ? output : throw new InvalidOperationException($"{program} failed with {process.ExitCode}.");
    }

    [GeneratedRegex(@"tps = ([0-9.]+)")]
    private static partial Regex Rate();
}
