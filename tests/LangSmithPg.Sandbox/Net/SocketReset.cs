using System.Net.Sockets;

namespace LangSmithPg.Sandbox.Net;

static class SocketReset
{
    /// <summary>Closes a connection with a reset instead of an orderly end.</summary>
    internal static void Reset(this Socket socket)
    {
        try
        {
            socket.LingerState = new(enable: true, seconds: 0);
            socket.Close();
        }
        catch (ObjectDisposedException)
        {
            // Closed already.
        }
    }
}
