using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using LangSmithPg.Common;

namespace LangSmithPg.Reports;

/// <summary>
/// Parts of JUnit's XML. A warning passes and says so in its output, as it stops no installation; what is unknown or does not arise
/// counts as skipped, never as passed.
/// </summary>
static class JUnitXml
{
    static readonly XmlWriterSettings Settings = new() { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) };

    public static string Write(XElement root)
    {
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, Settings))
        {
            root.Save(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    public static bool IsSkipped(FindingStatus status) => status is FindingStatus.Unknown or FindingStatus.NotApplicable;

    /// <summary>What makes a case more than a pass, or null.</summary>
    public static XElement? Outcome(FindingStatus status, string type, string message, string details) => status switch
    {
        FindingStatus.Fail => new("failure", Message(status, message), new XAttribute("type", type), details),
        FindingStatus.Warning => new("system-out", details),
        _ when IsSkipped(status) => new("skipped", Message(status, message)),
        _ => null,
    };

    public static XElement Skipped(string message) => new("skipped", new XAttribute("message", VisibleText.Line(message)));

    /// <summary>All that there is to say, in lines. A fix has lines of its own.</summary>
    public static string Details(FindingStatus status, string message, params (string Label, string? Text)[] more) => VisibleText.Of(string.Join('\n',
    [
        $"{status.Name()}: {message}",
        .. more.Where(one => !string.IsNullOrEmpty(one.Text)).Select(one => $"{one.Label}:{(one.Label == "Fix" ? '\n' : ' ')}{one.Text}"),
    ]));

    // Ant's readers want a local time without a zone.
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("s", CultureInfo.InvariantCulture);

    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);

    static XAttribute Message(FindingStatus status, string message) => new("message", VisibleText.Line($"{status.Name()}: {message}"));
}
