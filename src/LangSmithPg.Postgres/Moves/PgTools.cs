using System.ComponentModel;
using System.Globalization;
using LangSmithPg.Moves;

namespace LangSmithPg.Postgres.Moves;

/// <summary>pg_dump and pg_restore of one installation.</summary>
/// <param name="Dump">Full path of pg_dump.</param>
/// <param name="Restore">Full path of pg_restore.</param>
/// <param name="Version">Their version, such as <c>15.18</c>.</param>
sealed record PgTools(string Dump, string Restore, string Version)
{
    static readonly Dictionary<string, string> NoVariables = [];

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The major version.</summary>
    public int Major => ToolVersions.Major(Version);

    /// <summary>Finds those that fit both servers: in the folder that was specified, or on this machine.</summary>
    /// <param name="folder">The folder, or null.</param>
    /// <param name="source">Major version of the source.</param>
    /// <param name="target">Major version of the target.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="MoveException">There are none.</exception>
    public static async Task<PgTools> FindAsync(string? folder, int source, int target, CancellationToken cancellationToken)
    {
        List<string> unsuitable = [];
        foreach (var place in folder is null ? Places() : [folder])
        {
            if (await TryAsync(place, cancellationToken) is not { } tools)
            {
                continue;
            }

            if (ToolVersions.WhyNot(tools.Major, source, target) is not { } reason)
            {
                return tools;
            }

            unsuitable.Add($"{reason} ({place})");
        }

        var needed = ToolVersions.Needed(source, target);
        throw unsuitable.Count > 0
            ? new MoveException(MoveProblemKind.ToolsNotSuitable, $"No suitable pg_dump was found: {string.Join("; ", unsuitable.Distinct())}.", $"Install {needed}, and specify their folder with -PgBinPath.")
            : new MoveException(
                MoveProblemKind.ToolsNotFound, folder is null ? "pg_dump and pg_restore were not found on this machine." : $"The folder {folder} does not contain pg_dump and pg_restore.",
                $"Install {needed}, or specify their folder with -PgBinPath.");
    }

    // The path first, as for everything that is called by its name; then where installers put them, newest first.
    static IEnumerable<string> Places() =>
    [
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Where(Path.IsPathFullyQualified),
        .. Roots().SelectMany(Installed),
    ];

    static IEnumerable<(string Root, string Pattern)> Roots() => OperatingSystem.IsWindows()
        ? [(Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL"), "*")]
        : [("/usr/lib/postgresql", "*"), ("/usr", "pgsql-*"), ("/opt/homebrew/opt", "postgresql@*"), ("/usr/local/opt", "postgresql@*")];

    static IEnumerable<string> Installed((string Root, string Pattern) place)
    {
        try
        {
            return Directory.Exists(place.Root)
                ? [.. Directory.EnumerateDirectories(place.Root, place.Pattern).OrderByDescending(Number).Select(one => Path.Join(one, "bin"))]
                : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    static int Number(string folder) =>
        int.TryParse(Path.GetFileName(folder).Split('-', '@')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    static async Task<PgTools?> TryAsync(string folder, CancellationToken cancellationToken)
    {
        var extension = OperatingSystem.IsWindows() ? ".exe" : "";
        var (dump, restore) = (Path.Join(folder, $"pg_dump{extension}"), Path.Join(folder, $"pg_restore{extension}"));
        if (!File.Exists(dump) || !File.Exists(restore))
        {
            return null;
        }

        var (one, other) = (await VersionAsync(dump, cancellationToken), await VersionAsync(restore, cancellationToken));
        // Of two installations, one might not read what the other writes.
        return one is not null && one == other ? new(dump, restore, one) : null;
    }

    static async Task<string?> VersionAsync(string path, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            var result = await ChildProgram.RunAsync(path, ["--version"], NoVariables, static _ => { }, limit.Token);
            return result.ExitCode == 0 ? ToolVersions.Read(result.Output) : null;
        }
        catch (Exception exception) when (exception is Win32Exception || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }
}
