using System.Net.Sockets;
using System.Security.Authentication;
using LangSmithPg.Connections;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Servers;
using Npgsql;

namespace LangSmithPg.Postgres.Pooling;

/// <summary>Looks closer where a pooler stands in between. A direct connection is spared the further sessions that this takes.</summary>
static class PoolerProbe
{
    /// <summary>
    /// Whether a pooler stands in between: it gives the client a process id of its own invention, the server tells the real one.
    /// Amazon RDS Proxy is known by its name.
    /// </summary>
    public static bool IsPooled(NpgsqlConnection session, ServerFacts facts, PgHost host) =>
        session.ProcessID != facts.Server.BackendProcessId || ServerProviders.IsRdsProxy(host.Name);

    /// <summary>Looks closer.</summary>
    /// <param name="connection">The connection that got through.</param>
    /// <param name="host">The host that answered.</param>
    /// <param name="options">How to look.</param>
    /// <param name="open">Opens a further session of the same connection.</param>
    /// <param name="openWithSchema">Opens one that asks for LangSmith's search path, as LangSmith does.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public static async Task<PoolerFacts> RunAsync(
        PgConnectionString connection, PgHost host, SessionOptions options, Func<CancellationToken, Task<NpgsqlConnection>> open,
        Func<CancellationToken, Task<NpgsqlConnection>> openWithSchema, CancellationToken cancellationToken)
    {
        StartupRefusal? refusal = null;
        try
        {
            refusal = await StartupProbe.RunAsync(connection, host, options, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or SocketException or AuthenticationException)
        {
            // The login of a moment ago got through: whatever this was, it was not a refusal.
        }

        var searchPath = refusal is null ? await SearchPathProbe.RunAsync(openWithSchema, cancellationToken) : null;
        return new(refusal, await SharingProbe.RunAsync(open, cancellationToken), searchPath);
    }
}
