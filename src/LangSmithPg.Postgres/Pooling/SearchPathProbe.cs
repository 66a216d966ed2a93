using Npgsql;

namespace LangSmithPg.Postgres.Pooling;

/// <summary>Finds out which schemas LangSmith's sessions will search: a pooler may drop the parameter by which LangSmith says so.</summary>
static class SearchPathProbe
{
    // A pool without room makes a second session wait for minutes.
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>Probes.</summary>
    /// <param name="open">Opens a session with LangSmith's search path.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The schemas, or null where no such session could be had.</returns>
    public static async Task<IReadOnlyList<string>?> RunAsync(Func<CancellationToken, Task<NpgsqlConnection>> open, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            await using var session = await open(limit.Token);
            await using var command = new NpgsqlCommand("select pg_catalog.unnest(pg_catalog.current_schemas(true))::pg_catalog.text", session);
            await using var reader = await command.ExecuteReaderAsync(limit.Token);
            List<string> schemas = [];
            while (await reader.ReadAsync(limit.Token))
            {
                schemas.Add(reader.GetString(0));
            }

            return schemas;
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
