using System.ComponentModel;
using System.Globalization;
using System.Text.RegularExpressions;
using LangSmithPg.Sandbox.Processes;

namespace LangSmithPg.Sandbox.Postgres;

/// <summary>The programs of one PostgreSQL installation.</summary>
/// <param name="BinFolder">The folder with <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c>.</param>
/// <param name="Version">What <c>postgres --version</c> says, as <c>17.10</c>.</param>
public sealed partial record PostgresBinaries(string BinFolder, string Version)
{
    static readonly string[] Programs = ["initdb", "pg_ctl", "postgres"];

    /// <summary>The major version, as 17.</summary>
    public int Major { get; } = int.Parse(DigitsAtStart().Match(Version).Value, CultureInfo.InvariantCulture);

    /// <summary>The client library of this installation; null when it has none at a known place.</summary>
    public string? LibpqPath => LibpqCandidates().FirstOrDefault(File.Exists);

    /// <summary>Finds binaries: <c>LANGSMITHPG_PG_BIN</c>, then what is installed, then the pinned npm package.</summary>
    /// <param name="major">The wanted major version; null for the newest of the first place that has any.</param>
    /// <param name="ignoreInstalled">Whether to pass over what is installed, so that every machine uses the same build.</param>
    /// <param name="cancellationToken">Ends the wait. A download goes on for those who still wait for it.</param>
    /// <exception cref="PostgresNotAvailableException">There are none.</exception>
    public static Task<PostgresBinaries> FindAsync(
        int? major = null, bool ignoreInstalled = false, CancellationToken cancellationToken = default) =>
        PostgresBinariesFinder.FindAsync(major, ignoreInstalled, cancellationToken);

    /// <summary>What is in a folder; null when that is no usable PostgreSQL.</summary>
    internal static async Task<PostgresBinaries?> TryOpenAsync(string binFolder, CancellationToken cancellationToken)
    {
        if (!Programs.All(name => File.Exists(PathOf(binFolder, name))))
            return null;
        try
        {
            var answer = await new Command(PathOf(binFolder, "postgres"), "--version").RunAsync(cancellationToken);
            var version = VersionInAnswer().Match(answer.Output);
            return version.Success ? new(Path.GetFullPath(binFolder), version.Groups[1].Value) : null;
        }
        catch (Win32Exception)
        {
            return null; // Built for another system.
        }
    }

    internal string PathOf(string program) => PathOf(BinFolder, program);

    IEnumerable<string> LibpqCandidates()
    {
        var lib = Path.GetFullPath(Path.Join(BinFolder, "..", "lib"));
        yield return Path.Join(lib, "libpq.so.5");
        yield return Path.Join(lib, "libpq.5.dylib");
        yield return Path.Join(BinFolder, "libpq.dll");
        yield return "/usr/lib/x86_64-linux-gnu/libpq.so.5";
        yield return "/usr/lib/aarch64-linux-gnu/libpq.so.5";
        yield return "/usr/lib64/libpq.so.5";
    }

    static string PathOf(string binFolder, string program) =>
        Path.Join(binFolder, OperatingSystem.IsWindows() ? program + ".exe" : program);

    [GeneratedRegex(@"\(PostgreSQL\) (\d+\S*)")]
    private static partial Regex VersionInAnswer();

    [GeneratedRegex(@"^\d+")]
    private static partial Regex DigitsAtStart();
}
