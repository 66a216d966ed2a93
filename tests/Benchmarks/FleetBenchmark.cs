using LangSmithPg.Sandbox.Postgres;

namespace LangSmithPg.Benchmarks;

/// <summary>200 databases at a time, beside as many psql under xargs.</summary>
static class FleetBenchmark
{
    const int Count = 200;
    const int Limit = 32;

    public static async Task RunAsync()
    {
        var databases = Enumerable.Range(1, Count).Select(number => $"fleet{number}").ToList();
        await using var server = await PostgresServer.StartAsync(new()
        {
            IgnoreInstalled = true,
            InitStatements = [.. databases.Select(name => $"CREATE DATABASE {name} STRATEGY file_copy")],
        });
        using var session = new WarmSession();
        session.SetConnections(server, databases);
        await SideBySide.RunAsync(
            $"{Count} databases, {Limit} at a time", pairs: 5,
            ($"Test-LangSmithPgReadiness -ThrottleLimit {Limit}", () =>
            {
                session.Run($"if (($connections | Test-LangSmithPgReadiness -ThrottleLimit {Limit}).Where({{ $_.Facts }}).Count -ne {Count}) {{ throw 'no facts' }}");
                return Task.CompletedTask;
            }),
            ($"psql under xargs -P {Limit}", () => Psql.RunManyAsync(server, databases, Limit)));
    }
}
