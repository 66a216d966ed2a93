using LangSmithPg.Common;

namespace LangSmithPg.Connections.Drivers;

/// <summary>What one reader makes of a connection string. No part of it ever holds a secret.</summary>
/// <param name="Driver">The driver.</param>
/// <param name="Outcome">Whether it reads what was meant.</param>
/// <param name="Message">One sentence that says what happens.</param>
/// <param name="Span">The place in the text that decides, or null when there is none.</param>
/// <param name="Fix">One sentence that says what to do, or null when nothing needs doing.</param>
/// <param name="Differences">What it reads as something else; empty unless <paramref name="Outcome"/> is <see cref="DriverOutcome.Misread"/>.</param>
/// <param name="Remarks">What it does that may surprise, one sentence each, although it reads what was meant.</param>
public sealed record DriverVerdict(
    PgDriver Driver, DriverOutcome Outcome, string Message, TextSpan? Span, string? Fix,
    IReadOnlyList<DriverDifference> Differences, IReadOnlyList<string> Remarks)
{
    /// <inheritdoc cref="DriverVerdict"/>
    public IReadOnlyList<DriverDifference> Differences { get; } = Differences.ToArray();

    /// <inheritdoc cref="DriverVerdict"/>
    public IReadOnlyList<string> Remarks { get; } = Remarks.ToArray();

    /// <summary>The whole verdict as one line.</summary>
    public override string ToString() =>
        string.Join(' ', new[] { Message, Span is { } span ? $"At {span}." : null, Fix }.Where(one => one is not null));
}

/// <summary>What a reader makes of a connection string.</summary>
public enum DriverOutcome
{
    /// <summary>It reads what was meant.</summary>
    Accepted,

    /// <summary>It reports an error and connects nowhere.</summary>
    Refused,

    /// <summary>It takes the text for something other than what was meant.</summary>
    Misread,
}

/// <summary>One part of a connection that a reader takes for something else. What it reads instead is not told: it may be a secret.</summary>
/// <param name="Part">The part.</param>
/// <param name="Message">One sentence that says what differs.</param>
/// <param name="Span">Where the reader finds that part, or null when it finds none.</param>
public sealed record DriverDifference(ConnectionPart Part, string Message, TextSpan? Span);
