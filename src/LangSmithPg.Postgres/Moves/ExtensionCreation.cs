using LangSmithPg.Connections;
using LangSmithPg.Moves;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Sql;

namespace LangSmithPg.Postgres.Moves;

/// <summary>Creates the extensions that a dump needs in its target.</summary>
static class ExtensionCreation
{
    /// <summary>Creates all of them, or none.</summary>
    /// <param name="target">The target.</param>
    /// <param name="options">How to connect.</param>
    /// <param name="schemas">The schemas that it lacks for them.</param>
    /// <param name="wanted">The extensions.</param>
    /// <param name="cancellationToken">Ends it within moments.</param>
    /// <exception cref="MoveException">They could not be created.</exception>
    public static async Task RunAsync(
        PgConnectionString target, SessionOptions options, IEnumerable<string> schemas, IReadOnlyCollection<InstalledExtension> wanted, CancellationToken cancellationToken)
    {
        if (wanted.Count == 0)
        {
            return;
        }

        // In one transaction, as one text is.
        var statements = string.Join("; ", schemas.Select(name => $"CREATE SCHEMA IF NOT EXISTS {SqlIdentifier.Quote(name)}").Concat(wanted.Select(Create)));
        var (observation, error) = await ServerSession.UseAsync<string>(
            target, options,
            async (open, limit) => await open.TryAsync("select pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', false)", limit) is { Length: > 0 } refusal
                ? refusal
                : await open.TryAsync(statements, limit),
            cancellationToken);
        if ((observation.Failure?.Message ?? error) is { Length: > 0 } problem)
        {
            throw new MoveException(
                MoveProblemKind.ExtensionNotCreated, $"An extension of the source could not be created in the target: {problem}",
                $"Create them as an administrator: {string.Join("; ", wanted.Select(Create))}.");
        }
    }

    // CASCADE: an extension may need another one, which would come later.
    static string Create(InstalledExtension extension) => extension.Schema == "pg_catalog"
        ? $"CREATE EXTENSION IF NOT EXISTS {SqlIdentifier.Quote(extension.Name)} CASCADE"
        : $"CREATE EXTENSION IF NOT EXISTS {SqlIdentifier.Quote(extension.Name)} SCHEMA {SqlIdentifier.Quote(extension.Schema)} CASCADE";
}
