using System.Net.NetworkInformation;
using System.Net.Sockets;
using LangSmithPg.Connections;

namespace LangSmithPg.Postgres.Connections;

/// <summary>The TCP connections of this machine, by which a server that says nothing is told from one that cannot be reached.</summary>
static class TcpConnections
{
    // The name was resolved a moment ago, if ever it was.
    static readonly TimeSpan NameLimit = TimeSpan.FromMilliseconds(300);

    /// <summary>Whether there is one to a host. False where that cannot be told.</summary>
    public static async Task<bool> LeadToAsync(PgHost host)
    {
        try
        {
            var addresses = (await HostAddresses.FindAsync(host).WaitAsync(NameLimit)).Select(address => address.MapToIPv6()).ToHashSet();
            return IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections().Any(one =>
                one.State is TcpState.Established && one.RemoteEndPoint.Port == host.Port && addresses.Contains(one.RemoteEndPoint.Address.MapToIPv6()));
        }
        catch (Exception exception) when (exception is SocketException or TimeoutException or NetworkInformationException or PlatformNotSupportedException or IOException
            or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
