namespace LangSmithPg.Benchmarks;

/// <summary>
/// One check in a warm session, beside psql with the same facts: once with a statement for each kind of facts, as an admin writes them,
/// once with the module's own query. On loopback, and 20 ms away.
/// </summary>
static class ReadinessBenchmark
{
    public static async Task RunAsync()
    {
        await using var server = await ReadyServer.StartAsync(1);
        await using var far = Distance.Start(server.Endpoint);
        using var session = new WarmSession();
        await MeasureAsync("One readiness check, loopback", 40, session, server.Endpoint, server.Databases[0]);
        await MeasureAsync("One readiness check, loopback, no extension installed", 20, session, server.Endpoint, ReadyServer.Bare);
        await MeasureAsync("One readiness check, 20 ms away", 10, session, new(far.Host, far.Port), server.Databases[0]);
    }

    static async Task MeasureAsync(string title, int rounds, WarmSession session, Endpoint server, string database)
    {
        session.SetConnections(server, [database]);
        await SideBySide.RunAsync(
            title, rounds,
            Contender.Timed("Test-LangSmithPgReadiness", () => session.Run("if (-not ($connections | Test-LangSmithPgReadiness).Facts) { throw 'no facts' }")),
            [
                Contender.Timed("psql -f, a statement for each kind of facts", () => Psql.RunAsync(server, database, Psql.ByHand)),
                Contender.Timed("psql -f, the module's own query", () => Psql.RunAsync(server, database, Psql.OurQuery)),
                Contender.Timed("psql -f, select 1", () => Psql.RunAsync(server, database, Psql.Nothing)),
            ]);
    }
}
