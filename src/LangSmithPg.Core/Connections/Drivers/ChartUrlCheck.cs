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
            return Refuse("The LangSmith chart needs a URL without its scheme: LangSmith adds a driver's name in front, which makes any other format invalid.", null, Form);
        }

        if (ConnectionStringParser.WhiteSpaceAround(text) is { } span)
        {
            var difference = new DriverDifference(ConnectionPart.Text, "It passes on the white space around the text, which then becomes part of the first or last value.", span);
            return new(
                PgDriver.LangSmithChart, DriverOutcome.Misread, "The LangSmith chart treats the white space around the text as part of it.",
                span, "Remove it; in YAML, do not use a block scalar that ends with a line break.", [difference], []);
        }

        string[] remarks = meant.Format == ConnectionStringFormat.Url
            ? ["The chart's values.yaml says not to include the driver; LangChain's examples include the scheme."]
            : [];
        return new(
            PgDriver.LangSmithChart, DriverOutcome.Accepted, "The LangSmith chart passes on the text unchanged.", null,
            remarks.Length > 0 ? "Omit the scheme." : null, [], remarks);
    }

    static DriverVerdict Refuse(string message, TextSpan? span, string fix) =>
        new(PgDriver.LangSmithChart, DriverOutcome.Refused, message, span, fix, [], []);
}
