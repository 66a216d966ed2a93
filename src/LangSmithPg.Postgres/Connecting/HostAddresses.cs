using System.Net;
using LangSmithPg.Connections;

namespace LangSmithPg.Postgres.Connecting;

/// <summary>The addresses of a host.</summary>
static class HostAddresses
{
    /// <summary>
    /// Looks them up, which on Linux and macOS blocks a thread. Npgsql does so too, on a thread of the pool and again: by then DNS has
    /// shown that it answers.
    /// </summary>
    /// <exception cref="System.Net.Sockets.SocketException">The name has none, or DNS fails.</exception>
    public static async Task<IPAddress[]> FindAsync(PgHost host) => IPAddress.TryParse(host.Name, out var address)
        ? [address]
        : await OwnThread.RunAsync(() => Dns.GetHostAddresses(host.Name));
}
