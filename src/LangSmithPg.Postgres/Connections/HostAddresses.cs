using System.Net;
using LangSmithPg.Connections;

namespace LangSmithPg.Postgres.Connections;

/// <summary>The addresses of a host.</summary>
static class HostAddresses
{
    /// <summary>Looks them up, which on Linux and macOS blocks a thread.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The name has none, or DNS fails.</exception>
    public static async Task<IPAddress[]> FindAsync(PgHost host) => IPAddress.TryParse(host.Name, out var address)
        ? [address]
        : await DedicatedThread.RunAsync(() => Dns.GetHostAddresses(host.Name));
}
