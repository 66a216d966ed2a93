using LangSmithPg.Sandbox.Postgres;

namespace LangSmithPg.Benchmarks;

/// <summary>One check in a warm session, beside psql with the same facts query.</summary>
static class ReadinessBenchmark
{
    public static async Task RunAsync()
    {
        await using var server = await PostgresServer.StartAsync(new() { IgnoreInstalled = true });
        using var session = new WarmSession();
        session.SetConnections(server, ["postgres"]);
        await SideBySide.RunAsync(
            "One readiness check, loopback", pairs: 40,
            ("Test-LangSmithPgReadiness", () =>
            {
                session.Run("if (-not ($connections | Test-LangSmithPgReadiness).Facts) { throw 'no facts' }");
                return Task.CompletedTask;
            }),
            ("psql -f facts.sql", () => Psql.RunAsync(server, "postgres")));
    }
}
