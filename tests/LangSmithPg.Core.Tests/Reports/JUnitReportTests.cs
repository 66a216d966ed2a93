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
}
