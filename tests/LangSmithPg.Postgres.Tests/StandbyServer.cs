using LangSmithPg.Sandbox.Postgres;

namespace LangSmithPg.Postgres.Tests;

/// <summary>A server that waits to follow another, and may be promoted.</summary>
static class StandbyServer
{
    /// <param name="hotStandby">Whether it can be read meanwhile.</param>
    /// <param name="password">The superuser's password, or null for a random one.</param>
    public static async Task<PostgresServer> StartAsync(string hotStandby = "on", string? password = null)
    {
        var server = await Sandbox.Tests.Servers.StartAsync(new()
        {
            Settings = new Dictionary<string, string> { ["hot_standby"] = hotStandby },
            SuperUserPassword = password,
        });
        await server.StopAsync(cancellationToken: TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Join(server.DataFolder, "standby.signal"), "", TestContext.Current.CancellationToken);
        await server.StartAgainAsync(TestContext.Current.CancellationToken);
        return server;
    }
}
