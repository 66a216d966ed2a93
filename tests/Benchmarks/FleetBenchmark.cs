namespace LangSmithPg.Benchmarks;

/// <summary>
/// 200 databases, 1 to 128 at a time, beside as many psql under xargs, and beside pgbench, which connects anew for each transaction:
/// the limit that the server sets, and the machine that it shares with its clients here. Then how the time grows with their number and with the distance.
/// </summary>
static class FleetBenchmark
{
    const int Count = 200;
    const int Rounds = 3;

    public static async Task RunAsync()
    {
        await using var server = await ReadyServer.StartAsync(Count);
        await using var far = Distance.Start(server.Endpoint);
        using var session = new WarmSession();
        // One at a time, what counts is known after fewer.
        await MeasureAsync(session, server.Endpoint, [.. server.Databases.Take(Count / 4)], 1, Rounds);
        foreach (var limit in new[] { 8, 32, 128 })
        {
            await MeasureAsync(session, server.Endpoint, server.Databases, limit, Rounds);
        }

        await MeasureAsync(session, server.Endpoint, [.. Enumerable.Repeat(server.Databases, 5).SelectMany(all => all)], 32, rounds: 1);
        await MeasureAsync(session, new(far.Host, far.Port), server.Databases, 32, Rounds, " 20 ms away");
        MeasureMemory(server);
    }

    static async Task MeasureAsync(
        WarmSession session, Endpoint server, IReadOnlyList<string> databases, int limit, int rounds, string distance = "")
    {
        session.SetConnections(server, databases);
        await SideBySide.RunAsync(
            $"{databases.Count} checks{distance}, {limit} at a time", rounds,
            Contender.Timed($"Test-LangSmithPgReadiness -ThrottleLimit {limit}", () => session.Run(
                $"if (($connections | Test-LangSmithPgReadiness -ThrottleLimit {limit}).Where({{ $_.Facts }}).Count -ne {databases.Count}) {{ throw 'no facts' }}")),
            [
                Contender.Timed($"psql under xargs -P {limit}, a statement for each kind", () => Psql.RunManyAsync(server, databases, limit, Psql.ByHand)),
                new($"pgbench -C -c {limit}, the module's own query", () => Psql.BenchAsync(server, databases[0], limit, Psql.OurQuery, databases.Count)),
                new($"pgbench -C -c {limit}, select 1", () => Psql.BenchAsync(server, databases[0], limit, Psql.Nothing, databases.Count)),
            ],
            databases.Count);
    }

    // A process of its own, that does nothing else.
    static void MeasureMemory(ReadyServer server)
    {
        Console.WriteLine("Memory of a PowerShell that checks a fleet and keeps no report (MB: managed after a collection / peak of the process)");
        var result = Pwsh.Run($$"""
            Import-Module '{{WarmSession.ModuleManifest}}'
            foreach ($times in 1, 5, 5) {
                $databases = @({{string.Join(", ", server.Databases.Select(name => $"'{name}'"))}}) * $times
                $databases | ForEach-Object { "{{ReadyServer.Role}}:{{ReadyServer.Password}}@{{server.Endpoint.Host}}:{{server.Endpoint.Port}}/$_" } |
                    Test-LangSmithPgReadiness -ThrottleLimit 32 | Out-Null
                $managed = [GC]::GetTotalMemory($true) / 1MB
                $peak = [Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64 / 1MB
                '  {0,5} checks {1,8:0.0} {2,8:0}' -f $databases.Count, $managed, $peak
            }
            """);
        Console.WriteLine(result);
    }
}
