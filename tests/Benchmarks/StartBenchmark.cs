namespace LangSmithPg.Benchmarks;

/// <summary>From nothing to the first verdict: PowerShell starts, imports the module, checks a database, ends. Beside a PowerShell that does nothing, and one that asks psql.</summary>
static class StartBenchmark
{
    const int Rounds = 9;

    public static async Task RunAsync()
    {
        await using var server = await ReadyServer.StartAsync(1);
        var connection = $"{ReadyServer.Role}:{ReadyServer.Password}@{server.Endpoint.Host}:{server.Endpoint.Port}/{server.Databases[0]}";
        await SideBySide.RunAsync(
            "PowerShell's start to the first verdict, and its end", Rounds,
            Contender.Timed("pwsh, Import-Module, Test-LangSmithPgReadiness", () => Pwsh.Run(
                $"Import-Module '{WarmSession.ModuleManifest}'; if (-not (Test-LangSmithPgReadiness '{connection}').Facts) {{ throw 'no facts' }}")),
            [
                Contender.Timed("pwsh, nothing", () => Pwsh.Run("0")),
                Contender.Timed("pwsh, Import-Module", () => Pwsh.Run($"Import-Module '{WarmSession.ModuleManifest}'")),
            ]);
    }
}
