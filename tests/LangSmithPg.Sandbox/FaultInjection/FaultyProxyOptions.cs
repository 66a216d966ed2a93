namespace LangSmithPg.Sandbox.FaultInjection;

/// <summary>How a <see cref="FaultyProxy"/> forwards.</summary>
public sealed record FaultyProxyOptions
{
    /// <summary>The host that it forwards to.</summary>
    public required string UpstreamHost { get; init; }

    /// <summary>The port that it forwards to.</summary>
    public required int UpstreamPort { get; init; }

    /// <summary>How much later the first bytes go on: the client is connected at once, as the handshake of TCP is with the proxy.</summary>
    public TimeSpan DelayToConnect { get; init; }

    /// <summary>How long each byte takes from client to server.</summary>
    public TimeSpan DelayToServer { get; init; }

    /// <summary>How long each byte takes from server to client. A round trip takes the sum of both.</summary>
    public TimeSpan DelayToClient { get; init; }

    /// <summary>Where every connection breaks, or null.</summary>
    public ProxyBreak? Break { get; init; }
}
