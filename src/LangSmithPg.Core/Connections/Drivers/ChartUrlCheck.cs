using LangSmithPg.Common;
using LangSmithPg.Connections.Parsing;

namespace LangSmithPg.Connections.Drivers;

/// <summary>
/// Judges the text as a value of <c>postgres.external.connectionUrl</c>. The chart reads nothing: it passes the text on byte for byte,
/// and LangSmith puts its driver's name in front. Source: values.yaml of the LangSmith chart, "do not include the driver".
/// </summary>
static class ChartUrlCheck
{
    const string Form = "Write it as user:password@host:port/database?parameters.";

    public static DriverVerdict Evaluate(string text, ConnectionResult meant)
    {
        if (meant.Errors.FirstOrDefault() is { } error)
        {
            return Refuse($"The LangSmith chart cannot use the text. {error.Message}", error.Span, error.Fix);
        }

        if (meant.Format is ConnectionStringFormat.KeyValue or ConnectionStringFormat.AdoNet)
        {
            return Refuse("The LangSmith chart needs a URL without its scheme: LangSmith puts a driver's name in front, which spoils any other form.", null, Form);
        }

        if (ConnectionStringParser.WhiteSpaceAround(text) is { } span)
        {
            var difference = new DriverDifference(ConnectionPart.Text, "It passes the white space around the text on, which then belongs to the first or last part.", span);
            return new(
                PgDriver.LangSmithChart, DriverOutcome.Misread, "The LangSmith chart takes the white space around the text for a part of it.",
                span, "Remove it; in YAML, use no block scalar with a line end.", [difference], []);
        }

        string[] remarks = meant.Format == ConnectionStringFormat.Url
            ? ["The chart's values.yaml says not to include the driver; LangChain's own examples have the scheme all the same."]
            : [];
        return new(
            PgDriver.LangSmithChart, DriverOutcome.Accepted, "The LangSmith chart passes the text on as it is.", null,
            remarks.Length > 0 ? "Leave the scheme out." : null, [], remarks);
    }

    static DriverVerdict Refuse(string message, TextSpan? span, string fix) =>
        new(PgDriver.LangSmithChart, DriverOutcome.Refused, message, span, fix, [], []);
}
