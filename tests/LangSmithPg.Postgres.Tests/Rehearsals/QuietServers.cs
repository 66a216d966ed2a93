using System.Collections.Concurrent;
using LangSmithPg.Postgres.Tests.Rehearsals;
using LangSmithPg.Sandbox.Postgres;

[assembly: AssemblyFixture(typeof(QuietServers))]

namespace LangSmithPg.Postgres.Tests.Rehearsals;

/// <summary>Servers that do nothing by themselves, so that every change of a catalog is somebody's doing. Started when they are asked for.</summary>
public sealed class QuietServers : IAsyncDisposable
{
    /// <summary>The versions that LangSmith supports.</summary>
    public static readonly TheoryData<int> Majors = [14, 15, 16, 17, 18];

    const int Newest = 18;

    readonly ConcurrentDictionary<int, Lazy<Task<PostgresServer>>> _byMajor = new();

    public Task<PostgresServer> GetAsync(int major = Newest) => _byMajor.GetOrAdd(major, wanted => new(() => Sandbox.Tests.Servers.StartAsync(new()
    {
        Major = wanted,
        Settings = new Dictionary<string, string> { ["autovacuum"] = "off" },
    }))).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _byMajor.Values.Where(server => server.IsValueCreated && server.Value.IsCompletedSuccessfully))
        {
            await (await server.Value).DisposeAsync();
        }
    }
}
