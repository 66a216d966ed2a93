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
