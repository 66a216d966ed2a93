using System.Xml.Linq;
using System.Xml.Schema;
using LangSmithPg.Reports;

namespace LangSmithPg.Core.Tests.Reports;

public sealed class JUnitReportTests
{
    static XElement Write(FleetReport report) => XDocument.Parse(JUnitReport.Write(report)).Root!;

    static XElement Case(XElement report, string name) => report.Descendants("testcase").Single(one => (string?)one.Attribute("name") == name);

    [Fact]
    public void Its_shape_is_what_the_readers_agree_on()
    {
        var schemas = new XmlSchemaSet();
        schemas.Add(null, Path.Combine(AppContext.BaseDirectory, "Reports", "junit.xsd"));
        foreach (var report in new[] { Samples.Fleet(12), Samples.Of(Samples.Evil()), Samples.Of() })
        {
            XDocument.Parse(JUnitReport.Write(report)).Validate(schemas, (_, problem) => Assert.Fail(problem.Message));
        }

        XDocument.Parse(ReportFormat.JUnit.Write(ValuesSamples.Of(ValuesSamples.Invalid(), ValuesSamples.Valid(), ValuesSamples.Evil())))
            .Validate(schemas, (_, problem) => Assert.Fail(problem.Message));
    }

    [Fact]
    public void Counts_are_those_of_the_cases()
    {
        var report = Write(Samples.Fleet(12));
        Assert.Equal(report.Descendants("testcase").Count(), (int)report.Attribute("tests")!);
        Assert.Equal(report.Descendants("failure").Count(), (int)report.Attribute("failures")!);
        Assert.All(report.Elements("testsuite"), suite =>
        {
            Assert.Equal(suite.Elements().Count(), (int)suite.Attribute("tests")!);
            Assert.Equal(suite.Descendants("failure").Count(), (int)suite.Attribute("failures")!);
            Assert.Equal(suite.Descendants("skipped").Count(), (int)suite.Attribute("skipped")!);
            Assert.Equal((decimal)suite.Attribute("time")!, suite.Elements().Sum(one => (decimal)one.Attribute("time")!));
        });
    }

    [Fact]
    public void A_failure_tells_the_fix()
    {
        var failure = Case(Write(Samples.Of(Samples.NotReady())), "Schema.Ownership").Element("failure")!;
        Assert.Equal("Fail: Role langsmith_app does not own 3 of 41 objects in schema public.", (string?)failure.Attribute("message"));
        Assert.Contains("\nEvidence: langsmith_app: 38, postgres: 3\n", failure.Value, StringComparison.Ordinal);
        Assert.Contains("\nFix:\nGRANT \"postgres\" TO \"langsmith_app\";", failure.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_warning_passes_and_says_so() =>
        Assert.StartsWith("Warning: ", Case(Write(Samples.Of(Samples.NotReady())), "Server.CommunitySupport").Element("system-out")!.Value, StringComparison.Ordinal);

    [Fact]
    public void What_is_not_known_never_passes()
    {
        var report = Write(Samples.Fleet(4));
        Assert.StartsWith("Unknown: ", (string?)Case(report, "Server.Cores").Element("skipped")!.Attribute("message"), StringComparison.Ordinal);
        Assert.StartsWith("Not applicable: ", (string?)report.Descendants("skipped").First().Attribute("message"), StringComparison.Ordinal);
    }

    [Fact]
    public void Values_files_are_suites_and_one_without_findings_passes()
    {
        var report = XDocument.Parse(ReportFormat.JUnit.Write(ValuesSamples.Of(ValuesSamples.Invalid(), ValuesSamples.Valid()))).Root!;
        Assert.Equal(["base.yaml 1 0 0", "deploy/my values.yaml 4 2 1", "valid.yaml 1 0 0"], report.Elements().Select(suite =>
            $"{(string?)suite.Attribute("name")} {(string?)suite.Attribute("tests")} {(string?)suite.Attribute("failures")} {(string?)suite.Attribute("skipped")}"));
        Assert.Equal(("6", "2"), ((string?)report.Attribute("tests"), (string?)report.Attribute("failures")));
        var failure = Case(report, "Values.NoConnection: postgres.external.enabled").Element("failure")!;
        Assert.Equal("NotValid", (string?)failure.Attribute("type"));
        Assert.Contains("\nPlace: deploy/my values.yaml:9:5\nWhy: The pods would not start.\nFix:\n", failure.Value, StringComparison.Ordinal);
        Assert.NotNull(Case(report, "Values.UnknownKey: postgres.externl").Element("system-out"));
    }
}
