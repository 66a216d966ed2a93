using System.Globalization;
using Npgsql;

namespace LangSmithPg.Postgres.Pooling;

/// <summary>
/// Finds out whether a pooler hands the backend of an open session to another: with transaction pooling the next session is given the
/// one that was used last, with session pooling never.
/// </summary>
static class SharingProbe
{
    // What was not seen in three rounds may still happen: a busy pool hands out other backends.
    const int Rounds = 3;

    // A pool of one has no backend for a second session, which then waits for minutes.
    static readonly TimeSpan SecondSessionLimit = TimeSpan.FromSeconds(2);

    /// <summary>Probes.</summary>
    /// <returns>Whether backends are shared, or null when no second session could be had.</returns>
    public static async Task<bool?> RunAsync(Func<CancellationToken, Task<NpgsqlConnection>> open, CancellationToken cancellationToken)
    {
        try
        {
            await using var first = await open(cancellationToken);
            return await RunAsync(first, open, cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException && !cancellationToken.IsCancellationRequested)
        {
            // The look that got through has its facts: that there is no getting in again is not theirs to spoil.
            return null;
        }
    }

    static async Task<bool?> RunAsync(NpgsqlConnection first, Func<CancellationToken, Task<NpgsqlConnection>> open, CancellationToken cancellationToken)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var backend = await BackendOf(first, "select pg_catalog.pg_backend_pid()", cancellationToken);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(SecondSessionLimit);
            try
            {
                await using var second = await open(limit.Token);
                if (await BackendOf(second, "begin; select pg_catalog.pg_backend_pid(); commit", limit.Token) == backend)
                {
                    return true;
                }
            }
            catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                return null;
            }
        }

        return false;
    }

    static async Task<int> BackendOf(NpgsqlConnection session, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, session);
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }
}
