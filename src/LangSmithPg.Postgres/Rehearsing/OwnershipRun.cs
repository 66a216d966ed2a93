using LangSmithPg.Postgres.Facts;
using LangSmithPg.Postgres.Transactions;
using LangSmithPg.Servers;
using Npgsql;

namespace LangSmithPg.Postgres.Rehearsing;

/// <summary>
/// Alters a table of each owner in LangSmith's schema to no effect. The statement is one that the owner alone may run and that lets
/// readers and writers go on; it is undone at once, so that its lock is held for the moment of one round trip.
/// </summary>
static class OwnershipRun
{
    // Less than the second after which a waiting ALTER ends an autovacuum that is at work.
    const int LockTimeoutMilliseconds = 500;

    // A schema under lock is waited for as long as one lock elsewhere.
    const int MostLocked = 4;

    static readonly string Tables = SqlResource.Read("ownership.sql");

    /// <summary>Tries tables of each owner until one gives an answer.</summary>
    public static async Task<IReadOnlyList<OwnershipProbe>?> RunAsync(
        OpenSession open, SteppedTransaction transaction, CancellationToken cancellationToken)
    {
        if (await ListAsync(open.Session, open.Connection.Schema, cancellationToken) is not { } tables)
        {
            return null;
        }

        List<OwnershipProbe> probes = [];
        foreach (var owned in tables.GroupBy(table => table.Owner))
        {
            foreach (var (owner, table, column) in owned)
            {
                if (probes.Count(probe => probe.Error?.Kind == ServerErrorKind.Locked) == MostLocked)
                {
                    return probes;
                }

                var error = await transaction.TryAsync(
                    [$"set local lock_timeout = {LockTimeoutMilliseconds}", $"alter table only {table} alter column {column} set statistics -1"],
                    cancellationToken);
                probes.Add(new(owner, table, error));
                if (error?.Kind != ServerErrorKind.Locked)
                {
                    break;
                }
            }
        }

        return probes;
    }

    static async Task<List<(string Owner, string Table, string Column)>?> ListAsync(
        NpgsqlConnection session, string schema, CancellationToken cancellationToken)
    {
        try
        {
            // Shielded from functions in LangSmith's schema, for as long as the savepoint lasts.
            await using var batch = new NpgsqlBatch(session)
            {
                BatchCommands =
                {
                    new("savepoint list"), new(ShieldedQuery.Shield), new(Tables) { Parameters = { new() { Value = schema } } },
                    new("rollback to savepoint list"),
                },
            };
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            List<(string, string, string)> tables = [];
            while (await reader.ReadAsync(cancellationToken))
            {
                tables.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));
            }

            return tables;
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException or InvalidOperationException && !cancellationToken.IsCancellationRequested)
        {
            // The connection is lost, and the steps before have said so.
            return null;
        }
    }
}
