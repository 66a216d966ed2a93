using LangSmithPg.Common;

namespace LangSmithPg.Connections.Drivers;

/// <summary>
/// Tells, without a server, what each driver of a connection string makes of it. LangSmith puts a driver's name in front of its bare
/// form, so the drivers get that with <c>postgresql://</c> in front; all else they get as it is.
/// </summary>
static class DriverCheck
{
    const string Scheme = "postgresql://";

    static readonly (PgDriver Driver, string Name, Func<DriverText, DriverParseResult> Read)[] Drivers =
    [
        (PgDriver.Libpq, "libpq", LibpqParser.Read),
        (PgDriver.Asyncpg, "asyncpg", AsyncpgParser.Read),
        (PgDriver.Pgx, "pgx", PgxParser.Read),
    ];

    /// <summary>Judges a text in any <see cref="ConnectionStringFormat"/>. Never throws over the text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>One verdict for each <see cref="PgDriver"/>, in their order.</returns>
    public static IReadOnlyList<DriverVerdict> Evaluate(string? text) => Evaluate(text ?? "", PgConnectionString.Parse(text));

    /// <summary>Judges the text that this module writes for a connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <returns>One verdict for each <see cref="PgDriver"/>, in their order.</returns>
    public static IReadOnlyList<DriverVerdict> Evaluate(PgConnectionString connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return Evaluate(connection.ToPlainText(), new(connection, ConnectionStringFormat.LangSmith, []));
    }

    static IReadOnlyList<DriverVerdict> Evaluate(string text, ConnectionResult meant)
    {
        if (meant.Format is null)
        {
            var error = meant.Errors.First();
            return [.. Enum.GetValues<PgDriver>().Select(driver => new DriverVerdict(driver, DriverOutcome.Refused, error.Message, error.Span, error.Fix, [], []))];
        }

        var driverText = DriverText.Of(text, meant.Format == ConnectionStringFormat.LangSmith ? Scheme : "");
        return [.. Drivers.Select(one => Evaluate(one.Driver, one.Name, one.Read(driverText), meant)), ChartUrlCheck.Evaluate(text, meant)];
    }

    static DriverVerdict Evaluate(PgDriver driver, string name, DriverParseResult reading, ConnectionResult meant)
    {
        if (reading.Refusal is { } refusal)
        {
            return new(driver, DriverOutcome.Refused, $"{name} rejects the text: {refusal.Reason}.", refusal.Span, FixOf(refusal, meant), [], []);
        }

        if (meant.Connection is null)
        {
            var error = meant.Errors.First();
            return new(driver, DriverOutcome.Misread, $"{name} accepts the text, and reads it in its own way. {error.Message}", error.Span, error.Fix, [], []);
        }

        var comparison = new DriverComparison(driver, reading, meant.Connection, meant.NamesParameters);
        var differences = comparison.Differences();
        return differences.Count == 0
            ? new(driver, DriverOutcome.Accepted, $"{name} reads the text as intended.", null, null, [], comparison.Remarks())
            : new(
                driver, DriverOutcome.Misread, $"{name} does not read the intended values. {differences[0].Message}",
                differences.Select(one => one.Span).FirstOrDefault(span => span is not null), PercentEncoding.Fix, differences, comparison.Remarks());
    }

    // Where this module refuses the text as well, there is no encoded one: its own error on that place tells more.
    static string FixOf(Refusal refusal, ConnectionResult meant) => meant.Connection is not null || refusal.Fix != PercentEncoding.Fix
        ? refusal.Fix
        : meant.Errors.FirstOrDefault(error => error.Span is { } one && refusal.Span is { } other && one.Start < other.End && other.Start < one.End)?.Fix
            ?? "Percent-encode special characters in the user name and password.";
}
