namespace LangSmithPg.Benchmarks;

/// <summary>
/// 200 databases, 1 to 128 at a time, beside as many psql under xargs, and beside pgbench, which connects anew for each transaction and
/// costs nothing itself: the limit that the server sets. Then how the time grows with their number and with the distance.
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
        var cores = Cores.Divide(server);
        foreach (var limit in new[] { 1, 8, 32, 128 })
        {
            await MeasureAsync($"{Count} databases, {limit} at a time; {cores}", session, server.Endpoint, server.Databases, limit);
        }

        await MeasureAsync($"1000 checks of {Count} databases, 32 at a time; {cores}", session, server.Endpoint, Times(server.Databases, 5), 32);
        await MeasureAsync($"{Count} databases 20 ms away, 32 at a time; {cores}", session, new(far.Host, far.Port), server.Databases, 32);
        Cores.Share();
        MeasureMemory(server);
    }

    static async Task MeasureAsync(string title, WarmSession session, Endpoint server, IReadOnlyList<string> databases, int limit)
    {
        session.SetConnections(server, databases);
        await SideBySide.RunAsync(
            title, Rounds,
            Contender.Timed($"Test-LangSmithPgReadiness -ThrottleLimit {limit}", () => session.Run(
                $"if (($connections | Test-LangSmithPgReadiness -ThrottleLimit {limit}).Where({{ $_.Facts }}).Count -ne {databases.Count}) {{ throw 'no facts' }}")),
            [
                Contender.Timed($"psql under xargs -P {limit}, a statement for each kind", () => Psql.RunManyAsync(server, databases, limit, Psql.ByHand)),
                Contender.Timed($"psql under xargs -P {limit}, the module's own query", () => Psql.RunManyAsync(server, databases, limit, Psql.OurQuery)),
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
            foreach ($times in 1, 5, 5, 10) {
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

    static List<string> Times(IReadOnlyList<string> databases, int times) => [.. Enumerable.Repeat(databases, times).SelectMany(all => all)];
}
