using System.Collections.Concurrent;
using LangSmithPg.Postgres.Tests;
using LangSmithPg.Sandbox.Postgres;

[assembly: AssemblyFixture(typeof(SharedServers))]

namespace LangSmithPg.Postgres.Tests;

/// <summary>The servers that all tests share. Each is started by the first test that asks for it.</summary>
public sealed class SharedServers : IAsyncDisposable
{
    const int Newest = 18;

    readonly ConcurrentDictionary<int, Lazy<Task<PostgresServer>>> _byMajor = new();
    readonly Lazy<Task<TlsServer>> _tls = new(TlsServer.StartAsync);

    /// <summary>A server of one major version, without TLS. Its log names the role that every line is about.</summary>
    public Task<PostgresServer> GetAsync(int major = Newest) => _byMajor.GetOrAdd(major, wanted => new(() => StartAsync(wanted))).Value;

    /// <summary>The server with TLS.</summary>
    public Task<TlsServer> GetTlsAsync() => _tls.Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _byMajor.Values.Where(server => server.IsValueCreated && server.Value.IsCompletedSuccessfully))
        {
            await (await server.Value).DisposeAsync();
        }

        if (_tls.IsValueCreated && _tls.Value.IsCompletedSuccessfully)
        {
            await (await _tls.Value).DisposeAsync();
        }
    }

    static Task<PostgresServer> StartAsync(int major) => Sandbox.Tests.Servers.StartAsync(new()
    {
        Major = major,
        Settings = new Dictionary<string, string>
        {
            ["log_connections"] = "on",
            ["log_statement"] = "all",
            ["log_line_prefix"] = "<%u> ",
        },
    });
}
