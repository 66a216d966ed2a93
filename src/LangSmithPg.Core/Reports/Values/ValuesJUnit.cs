using System.Globalization;
using System.Xml.Linq;
using LangSmithPg.Common;
using LangSmithPg.Helm.Linting;

namespace LangSmithPg.Reports.Values;

/// <summary>Writes what was found in values files as JUnit's XML: a suite a file, a case a finding. A file without findings is one case that passes.</summary>
static class ValuesJUnit
{
    public static string Write(ValuesFleet report)
    {
        List<XElement> suites = [.. report.Files.Select((file, index) => Suite(file, index, report.GeneratedAt))];
        return JUnitXml.Write(new(
            "testsuites",
            new XAttribute("name", VisibleText.Line(report.Title)),
            new XAttribute("tests", suites.Sum(suite => suite.Elements().Count())),
            new XAttribute("failures", report.Files.Sum(file => file.Count(FindingStatus.Fail))),
            new XAttribute("errors", 0),
            new XAttribute("time", JUnitXml.Seconds(TimeSpan.Zero)),
            suites));
    }

    static XElement Suite(FileFindings file, int index, DateTimeOffset time) => new(
        "testsuite",
        new XAttribute("name", VisibleText.Line(file.Path)),
        new XAttribute("package", "LangSmithPg"),
        new XAttribute("id", index),
        new XAttribute("hostname", "localhost"),
        new XAttribute("timestamp", JUnitXml.Time(time)),
        new XAttribute("tests", Math.Max(1, file.Findings.Count)),
        new XAttribute("failures", file.Count(FindingStatus.Fail)),
        new XAttribute("errors", 0),
        new XAttribute("skipped", file.Findings.Count(finding => JUnitXml.IsSkipped(finding.Status))),
        new XAttribute("time", JUnitXml.Seconds(TimeSpan.Zero)),
        file.Findings.Select(finding => Case(file, Name(finding), JUnitXml.Outcome(finding.Status, "NotValid", finding.Message, Details(file, finding))))
            .DefaultIfEmpty(Case(file, "Values", null)));

    static XElement Case(FileFindings file, string name, XElement? outcome) => new(
        "testcase",
        new XAttribute("classname", VisibleText.Line(file.Path)),
        new XAttribute("name", VisibleText.Line(name)),
        new XAttribute("time", JUnitXml.Seconds(TimeSpan.Zero)),
        outcome);

    // Without its place: a test keeps its history when lines move above it.
    static string Name(ValuesFinding finding) => finding.Key.Length == 0 ? finding.Id : $"{finding.Id}: {finding.Key}";

    static string Details(FileFindings file, ValuesFinding finding) => JUnitXml.Details(
        finding.Status, finding.Message, ("Place", string.Create(CultureInfo.InvariantCulture, $"{file.Path}:{finding.Line}:{finding.Column}")), ("Why", finding.Why),
        ("Fix", finding.Fix?.Text));
}
