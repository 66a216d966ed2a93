namespace LangSmithPg.Sandbox.FaultInjection;

/// <summary>Where and how each connection of a <see cref="FaultyProxy"/> breaks, to the byte.</summary>
/// <param name="Kind">How.</param>
/// <param name="After">After how many bytes of one direction; 0 for before the first.</param>
/// <param name="OfServer">Whether the bytes that the server says are counted, in place of the client's.</param>
public sealed record ProxyBreak(ProxyBreakKind Kind, long After, bool OfServer);
