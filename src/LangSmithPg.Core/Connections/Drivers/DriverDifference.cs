using LangSmithPg.Common;

namespace LangSmithPg.Connections.Drivers;

/// <summary>One part of a connection that a reader takes for something else. What it reads instead is not told: it may be a secret.</summary>
/// <param name="Part">The part.</param>
/// <param name="Message">One sentence that says what differs.</param>
/// <param name="Span">Where the reader finds that part, or null when it finds none.</param>
public sealed record DriverDifference(ConnectionPart Part, string Message, TextSpan? Span);
