using LangSmithPg.Ownership;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Postgres.Transactions;
using LangSmithPg.Servers;

namespace LangSmithPg.Postgres.Rehearsals;

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
    /// <returns>What came of them; or null, and why they could not be listed.</returns>
    public static async Task<(IReadOnlyList<OwnershipProbe>? Probes, ServerError? Error)> RunAsync(
        OpenSession open, SteppedTransaction transaction, CancellationToken cancellationToken)
    {
        var (tables, refusal) = await transaction.AskAsync(
            Tables, [open.Connection.Schema], row => (Owner: row.GetString(0), Table: row.GetString(1), Column: row.GetString(2)), cancellationToken);
        if (refusal is not null)
        {
            return (null, refusal);
        }

        List<OwnershipProbe> probes = [];
        foreach (var owned in tables.GroupBy(table => table.Owner))
        {
            foreach (var (owner, table, column) in owned)
            {
                if (probes.Count(probe => probe.Error?.Kind == ServerErrorKind.Locked) == MostLocked)
                {
                    return (probes, null);
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

        return (probes, null);
    }
}
