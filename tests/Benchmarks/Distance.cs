using LangSmithPg.Sandbox.FaultInjection;

namespace LangSmithPg.Benchmarks;

/// <summary>A server that is 20 ms away there and back: a proxy holds every byte for half of that, and the first ones for the handshake of TCP.</summary>
static class Distance
{
    static readonly TimeSpan OneWay = TimeSpan.FromMilliseconds(10);

    public static FaultyProxy Start(Endpoint server) => FaultyProxy.Start(new()
    {
        UpstreamHost = server.Host,
        UpstreamPort = server.Port,
        DelayToConnect = 2 * OneWay,
        DelayToServer = OneWay,
        DelayToClient = OneWay,
    });
}
