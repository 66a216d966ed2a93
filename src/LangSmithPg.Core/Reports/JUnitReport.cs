using System.Xml.Linq;
using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;

namespace LangSmithPg.Reports;

/// <summary>Writes a report as JUnit's XML: a suite a database, a case a finding.</summary>
static class JUnitReport
{
    public static string Write(FleetReport report) => JUnitXml.Write(new(
        "testsuites",
        new XAttribute("name", VisibleText.Line(report.Title)),
        new XAttribute("tests", report.Databases.Sum(database => database.Findings.Count)),
        new XAttribute("failures", report.Count(FindingStatus.Fail)),
        new XAttribute("errors", 0),
        new XAttribute("time", JUnitXml.Seconds(TimeSpan.FromTicks(report.Databases.Sum(database => database.Elapsed.Ticks)))),
        report.Databases.Select((database, index) => Suite(database, index, report.GeneratedAt))));

    static XElement Suite(ReadinessReport database, int index, DateTimeOffset time) => new(
        "testsuite",
        new XAttribute("name", VisibleText.Line(database.Target)),
        new XAttribute("package", "LangSmithPg"),
        new XAttribute("id", index),
        new XAttribute("hostname", VisibleText.Line(database.Target.Split('/')[0])),
        new XAttribute("timestamp", JUnitXml.Time(time)),
        new XAttribute("tests", database.Findings.Count),
        new XAttribute("failures", database.Count(FindingStatus.Fail)),
        new XAttribute("errors", 0),
        new XAttribute("skipped", database.Findings.Count(finding => finding.Accepted is not null || JUnitXml.IsSkipped(finding.Status))),
        new XAttribute("time", JUnitXml.Seconds(database.Elapsed)),
        database.Findings.Select((finding, place) => Case(database, finding, place == 0 ? database.Elapsed : TimeSpan.Zero)));

    // One look answers every question: its time is counted once, for readers that sum up.
    static XElement Case(ReadinessReport database, Finding finding, TimeSpan time) => new(
        "testcase",
        new XAttribute("classname", VisibleText.Line(database.Target)),
        new XAttribute("name", VisibleText.Line(finding.Id)),
        new XAttribute("time", JUnitXml.Seconds(time)),
        // Neither a failure nor a pass.
        finding.Accepted is { } accepted ? JUnitXml.Skipped($"{finding.Status.Name()}: {finding.Message} {accepted}") : JUnitXml.Outcome(finding.Status, "NotReady", finding.Message, JUnitXml.Details(
            finding.Status, finding.Message,
            ("Evidence", finding.Evidence), ("Why", finding.Why), ("Source", finding.Source?.ToString()), ("Fix", finding.Fix?.Text))));
}
