using LangSmithPg.Connections;
using LangSmithPg.Postgres.Connections;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Servers;
using Npgsql;

namespace LangSmithPg.Postgres.Completion;

/// <summary>Lists names that a server has, for who is about to write one. One connection, closed afterwards; nothing changed.</summary>
static class NameQuery
{
    const string Databases =
        "select datname, 'owned by ' || pg_get_userbyid(datdba) || ', ' || pg_encoding_to_char(encoding) from pg_database "
        + "where datallowconn and not datistemplate order by 1 limit 1000";

    const string Schemas =
        "select nspname, 'owned by ' || pg_get_userbyid(nspowner) from pg_namespace "
        + "where nspname !~ '^pg_' and nspname <> 'information_schema' order by 1 limit 1000";

    const string Roles =
        "select rolname, case when rolcanlogin then 'logs in' else 'does not log in' end || case when rolsuper then ', superuser' else '' end from pg_roles "
        + "where rolname !~ '^pg_' order by 1 limit 1000";

    /// <summary>Lists them, with a word on each.</summary>
    /// <param name="connection">The connection; its first host is asked.</param>
    /// <param name="kind">What names.</param>
    /// <param name="options">How to connect, and for how long.</param>
    /// <param name="cancellationToken">Ends it within moments.</param>
    public static Task<IReadOnlyList<(string Name, string About)>> ListAsync(
        PgConnectionString connection, NameKind kind, SessionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(options);
        var login = options.AccessToken is { } token ? connection.WithPassword(token) : connection;
        login = options.AsMounted(login);
        return options.Forbids(login) is not null ? Task.FromResult<IReadOnlyList<(string, string)>>([]) : Deadline.RunAsync(Ask, options.Timeout, cancellationToken);

        async Task<IReadOnlyList<(string, string)>> Ask(CancellationToken limit)
        {
            using var trust = await DedicatedThread.RunAsync(() => TlsTrust.For(login, options));
            await using var over = limit.Register(trust.Dispose);
            await using var session = await Login.OpenAsync(login, login.Hosts[0], trust, options.Timeout, searchPath: null, limit);
            await using var batch = ReadOnlyQuery.Create(
                session, options.Timeout, new NpgsqlBatchCommand(kind switch { NameKind.Database => Databases, NameKind.Schema => Schemas, _ => Roles }));
            await using var reader = await ReadOnlyQuery.ExecuteAsync(batch, limit);
            List<(string, string)> names = [];
            while (await reader.ReadAsync(limit))
            {
                names.Add((reader.GetString(0), reader.GetString(1)));
            }

            return names;
        }
    }
}
