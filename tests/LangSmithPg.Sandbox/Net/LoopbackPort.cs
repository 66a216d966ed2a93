using System.Net;
using System.Net.Sockets;

namespace LangSmithPg.Sandbox.Net;

/// <summary>Picks loopback ports for servers that cannot pick their own.</summary>
static class LoopbackPort
{
    /// <summary>A port that is free now. Another process may take it first, so whoever binds it must be ready to try again.</summary>
    internal static int Pick()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
