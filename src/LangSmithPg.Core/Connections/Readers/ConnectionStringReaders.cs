using LangSmithPg.Common;

namespace LangSmithPg.Connections.Readers;

/// <summary>
/// Tells, without a server, what each reader of a connection string makes of it. LangSmith puts a driver's name in front of its bare
/// form, so the drivers get that with <c>postgresql://</c> in front; all else they get as it is.
/// </summary>
static class ConnectionStringReaders
{
    const string Scheme = "postgresql://";

    static readonly (ConnectionStringReader Reader, string Name, Func<DriverText, DriverReading> Read)[] Drivers =
    [
        (ConnectionStringReader.Libpq, "libpq", LibpqReader.Read),
        (ConnectionStringReader.Asyncpg, "asyncpg", AsyncpgReader.Read),
        (ConnectionStringReader.Pgx, "pgx", PgxReader.Read),
    ];

    /// <summary>Judges a text in any <see cref="ConnectionStringFormat"/>. Never throws over the text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>One verdict for each <see cref="ConnectionStringReader"/>, in their order.</returns>
    public static IReadOnlyList<ReaderVerdict> Judge(string? text) => Judge(text ?? "", PgConnectionString.Parse(text));

    /// <summary>Judges the text that this module writes for a connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <returns>One verdict for each <see cref="ConnectionStringReader"/>, in their order.</returns>
    public static IReadOnlyList<ReaderVerdict> Judge(PgConnectionString connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return Judge(connection.ToPlainText(), new(connection, ConnectionStringFormat.LangSmith, []));
    }

    static IReadOnlyList<ReaderVerdict> Judge(string text, ConnectionResult meant)
    {
        if (meant.Format is null)
        {
            var error = meant.Errors.First();
            return [.. Enum.GetValues<ConnectionStringReader>().Select(reader => new ReaderVerdict(reader, ReaderOutcome.Refused, error.Message, error.Span, error.Fix, [], []))];
        }

        var driverText = DriverText.Of(text, meant.Format == ConnectionStringFormat.LangSmith ? Scheme : "");
        return [.. Drivers.Select(one => Judge(one.Reader, one.Name, one.Read(driverText), meant)), ChartReader.Judge(text, meant)];
    }

    static ReaderVerdict Judge(ConnectionStringReader reader, string name, DriverReading reading, ConnectionResult meant)
    {
        if (reading.Refusal is { } refusal)
        {
            return new(reader, ReaderOutcome.Refused, $"{name} refuses the text: {refusal.Reason}.", refusal.Span, FixOf(refusal, meant), [], []);
        }

        if (meant.Connection is null)
        {
            var error = meant.Errors.First();
            return new(reader, ReaderOutcome.Misread, $"{name} takes the text in its own way: {Sentence.Inner(error.Message)}", error.Span, error.Fix, [], []);
        }

        var comparison = new ReadingComparison(reader, reading, meant.Connection, meant.NamesParameters);
        var differences = comparison.Differences();
        return differences.Count == 0
            ? new(reader, ReaderOutcome.Accepted, $"{name} reads the text as it is meant.", null, null, [], comparison.Remarks())
            : new(
                reader, ReaderOutcome.Misread, $"{name} takes the text for something else: {Sentence.Inner(differences[0].Message)}",
                differences.Select(one => one.Span).FirstOrDefault(span => span is not null), PercentEncoding.Fix, differences, comparison.Remarks());
    }

    // Where this module refuses the text as well, there is no encoded one: its own error on that place tells more.
    static string FixOf(Refusal refusal, ConnectionResult meant) => meant.Connection is not null || refusal.Fix != PercentEncoding.Fix
        ? refusal.Fix
        : meant.Errors.FirstOrDefault(error => error.Span is { } one && refusal.Span is { } other && one.Start < other.End && other.Start < one.End)?.Fix
            ?? "Percent-encode what is special in the user name and password.";
}
