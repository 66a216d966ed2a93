using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;

namespace LangSmithPg.Reports;

/// <summary>
/// Writes a report as JUnit's XML: a suite a database, a case a finding. A warning passes and says so in its output, as it stops no
/// installation; what is unknown or does not arise counts as skipped, never as passed.
/// </summary>
static class JUnitReport
{
    static readonly XmlWriterSettings Settings = new() { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) };

    public static string Write(FleetReport report)
    {
        var root = new XElement(
            "testsuites",
            new XAttribute("name", VisibleText.Line(report.Title)),
            new XAttribute("tests", report.Databases.Sum(database => database.Findings.Count)),
            new XAttribute("failures", report.Count(FindingStatus.Fail)),
            new XAttribute("errors", 0),
            new XAttribute("time", Seconds(TimeSpan.FromTicks(report.Databases.Sum(database => database.Elapsed.Ticks)))),
            report.Databases.Select((database, index) => Suite(database, index, report.GeneratedAt)));
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, Settings))
        {
            root.Save(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    // Ant's readers want a local time without a zone.
    static XElement Suite(ReadinessReport database, int index, DateTimeOffset time) => new(
        "testsuite",
        new XAttribute("name", VisibleText.Line(database.Target)),
        new XAttribute("package", "LangSmithPg"),
        new XAttribute("id", index),
        new XAttribute("hostname", VisibleText.Line(database.Target.Split('/')[0])),
        new XAttribute("timestamp", time.UtcDateTime.ToString("s", CultureInfo.InvariantCulture)),
        new XAttribute("tests", database.Findings.Count),
        new XAttribute("failures", database.Count(FindingStatus.Fail)),
        new XAttribute("errors", 0),
        new XAttribute("skipped", database.Findings.Count(IsSkipped)),
        new XAttribute("time", Seconds(database.Elapsed)),
        database.Findings.Select((finding, place) => Case(database, finding, place == 0 ? database.Elapsed : TimeSpan.Zero)));

    // One look answers every question: its time is counted once, for readers that sum up.
    static XElement Case(ReadinessReport database, Finding finding, TimeSpan time) => new(
        "testcase",
        new XAttribute("classname", VisibleText.Line(database.Target)),
        new XAttribute("name", VisibleText.Line(finding.Id)),
        new XAttribute("time", Seconds(time)),
        finding.Status switch
        {
            FindingStatus.Fail => new XElement("failure", Message(finding), new XAttribute("type", "NotReady"), Details(finding)),
            FindingStatus.Warning => new XElement("system-out", Details(finding)),
            _ when IsSkipped(finding) => new XElement("skipped", Message(finding)),
            _ => null,
        });

    static bool IsSkipped(Finding finding) => finding.Status is FindingStatus.Unknown or FindingStatus.NotApplicable;

    static XAttribute Message(Finding finding) => new("message", VisibleText.Line($"{finding.Status.Name()}: {finding.Message}"));

    static string Details(Finding finding) => VisibleText.Of(string.Join('\n', new[]
    {
        $"{finding.Status.Name()}: {finding.Message}",
        Labelled("Evidence", finding.Evidence),
        Labelled("Why", finding.Why),
        Labelled("Source", finding.Source?.ToString()),
        finding.Fix is { } fix ? $"Fix:\n{fix}" : null,
    }.OfType<string>()));

    static string? Labelled(string label, string? text) => string.IsNullOrEmpty(text) ? null : $"{label}: {text}";

    static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
}
