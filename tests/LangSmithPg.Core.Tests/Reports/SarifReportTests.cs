using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LangSmithPg.Common;
using LangSmithPg.Reports;
using LangSmithPg.Reports.Sarif;

namespace LangSmithPg.Core.Tests.Reports;

public sealed partial class SarifReportTests
{
    static JsonNode Read(string text) => JsonNode.Parse(text)!;

    static JsonNode Readiness => Read(ReportFormat.Sarif.Write(Samples.Of(Samples.NotReady())))["runs"]![0]!;

    static JsonNode Values => Read(ReportFormat.Sarif.Write(ValuesSamples.Of(ValuesSamples.Invalid())))["runs"]![0]!;

    static JsonNode Result(JsonNode run, string id) => run["results"]!.AsArray().Single(result => Text(result!["ruleId"]) == id)!;

    static string Text(JsonNode? node) => node!.GetValue<string>();

    [Fact]
    public void Every_file_has_what_the_standard_and_code_scanning_require()
    {
        string[] files =
        [
            ReportFormat.Sarif.Write(Samples.Fleet(12)), ReportFormat.Sarif.Write(Samples.Of(Samples.Ready())), ReportFormat.Sarif.Write(Samples.Of(Samples.Evil(), Samples.Evil(""), Samples.Evil("../.."))),
            ReportFormat.Sarif.Write(ValuesSamples.Of(ValuesSamples.Invalid(), ValuesSamples.Valid(), ValuesSamples.Evil())),
        ];
        Assert.All(files, file => Check(Read(file)));
    }

    static void Check(JsonNode log)
    {
        Assert.Equal("2.1.0", Text(log["version"]));
        Assert.EndsWith("sarif-schema-2.1.0.json", Text(log["$schema"]), StringComparison.Ordinal);
        var run = Assert.Single(log["runs"]!.AsArray())!;
        var driver = run["tool"]!["driver"]!;
        Assert.Equal(("LangSmithPg", "0.1.0"), (Text(driver["name"]), Text(driver["version"])));
        var rules = driver["rules"]!.AsArray();
        Assert.Equal(rules.Count, rules.Select(rule => Text(rule!["id"])).Distinct().Count());
        Assert.All(rules, rule =>
        {
            Assert.NotEmpty(Text(rule!["shortDescription"]!["text"]));
            Assert.NotEmpty(Text(rule["fullDescription"]!["text"]));
            Assert.NotEmpty(Text(rule["help"]!["text"]));
            Assert.Matches("^https://", Text(rule["helpUri"]));
        });
        HashSet<string> fingerprints = [];
        Assert.All(run["results"]!.AsArray(), result =>
        {
            Assert.Equal(Text(result!["ruleId"]), Text(rules[result["ruleIndex"]!.GetValue<int>()]!["id"]));
            Assert.Contains(Text(result["level"]), (string[])["error", "warning", "note"]);
            Assert.NotEmpty(Text(result["message"]!["text"]));
            var location = Assert.Single(result["locations"]!.AsArray())!;
            var uri = Text(location["physicalLocation"]!["artifactLocation"]!["uri"]);
            Assert.Matches("^[A-Za-z0-9._~%/-]+$", uri);
            Assert.True(Uri.TryCreate(uri, UriKind.Relative, out _));
            Assert.DoesNotContain("..", uri.Split('/'));
            Assert.True(location["physicalLocation"]!["region"]!["startLine"]!.GetValue<int>() >= 1);
            Assert.True(location["physicalLocation"]!["region"]!["startColumn"]!.GetValue<int>() >= 1);
            Assert.True(fingerprints.Add(Text(result["partialFingerprints"]!["langSmithFinding/v1"])));
        });
    }

    [Fact]
    public void Only_what_needs_attention_is_a_result() => Assert.Equal(
        [
            "error Database.Create", "error Schema.Create", "error Schema.Ownership", "error Extension.citext", "error Extension.ltree",
            "warning Server.CommunitySupport", "note Server.Cores",
        ],
        Read(ReportFormat.Sarif.Write(Samples.Of(Samples.NotReady() with { Findings = [.. Samples.NotReady().Findings, Samples.UnknownFinding] })))["runs"]![0]!["results"]!.AsArray()
            .Select(result => $"{Text(result!["level"])} {Text(result["ruleId"])}"));

    [Fact]
    public void A_ready_database_has_an_empty_list_of_results_which_closes_the_alerts() =>
        Assert.Empty(Read(ReportFormat.Sarif.Write(Samples.Of(Samples.Ready())))["runs"]![0]!["results"]!.AsArray());

    [Fact]
    public void A_database_has_a_path_that_no_upload_rejects()
    {
        var result = Result(Readiness, "Schema.Create");
        var location = result["locations"]![0]!;
        Assert.Equal("db.example.com_5432/langsmith", Text(location["physicalLocation"]!["artifactLocation"]!["uri"]));
        Assert.Equal(("db.example.com:5432/langsmith", "database"), (Text(location["logicalLocations"]![0]!["name"]), Text(location["logicalLocations"]![0]!["kind"])));
        Assert.Contains("\nFix: GRANT USAGE, CREATE", Text(result["message"]!["text"]), StringComparison.Ordinal);
        Assert.Matches("^[0-9A-F]{16}:1$", Text(result["partialFingerprints"]!["primaryLocationLineHash"]));
    }

    [Fact]
    public void A_finding_of_a_file_is_at_its_line_and_column()
    {
        var result = Result(Values, "Values.UnknownKey");
        var place = result["locations"]![0]!["physicalLocation"]!;
        Assert.Equal("deploy/my%20values.yaml", Text(place["artifactLocation"]!["uri"]));
        Assert.Equal((4, 3), (place["region"]!["startLine"]!.GetValue<int>(), place["region"]!["startColumn"]!.GetValue<int>()));
        Assert.Equal("postgres.externl", Text(result["locations"]![0]!["logicalLocations"]![0]!["name"]));
        // That is for GitHub to compute, from the text of the file.
        Assert.Null(result["partialFingerprints"]!["primaryLocationLineHash"]);
        Assert.Null(Result(Values, "Values.UnknownVersion")["locations"]![0]!["logicalLocations"]);
    }

    [Fact]
    public void Fingerprints_stay_when_the_lines_and_the_words_change()
    {
        Issue issue = new("A", FindingStatus.Fail, "key", "One.") { Place = new("values.yaml", 4, 3) };
        Assert.Equal(Fingerprints(issue), Fingerprints(issue with { Message = "Two.", Status = FindingStatus.Warning, Place = new("values.yaml", 9, 1) }));
        foreach (var other in new[] { issue with { Id = "B" }, issue with { Subject = "other" }, issue with { Place = new("other.yaml", 4, 3) } })
        {
            Assert.NotEqual(Fingerprints(issue), Fingerprints(other));
        }

        var twice = Read(SarifReport.Write("t", "1.0.0", [issue, issue]))["runs"]![0]!["results"]!.AsArray().Select(result => Text(result!["partialFingerprints"]!["langSmithFinding/v1"])).ToList();
        Assert.EndsWith(":1", twice[0], StringComparison.Ordinal);
        Assert.EndsWith(":2", twice[1], StringComparison.Ordinal);

        static string Fingerprints(Issue issue) => Read(SarifReport.Write("t", "1.0.0", [issue]))["runs"]![0]!["results"]![0]!["partialFingerprints"]!.ToJsonString();
    }

    [Fact]
    public void No_text_of_others_becomes_a_link()
    {
        foreach (var file in new[] { ReportFormat.Sarif.Write(Samples.Of(Samples.Evil())), ReportFormat.Sarif.Write(ValuesSamples.Of(ValuesSamples.Evil())) })
        {
            var texts = TextMember().Matches(file).Select(match => match.Value).ToList();
            Assert.Contains(texts, text => text.Contains("[a] (b)", StringComparison.Ordinal));
            Assert.DoesNotContain(texts, text => text.Contains("](", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("values.yaml", "values.yaml")]
    [InlineData("a b/100%/c:d#e?.yaml", "a%20b/100%25/c%3Ad%23e%3F.yaml")]
    [InlineData("/srv/a b.yaml", "file:///srv/a%20b.yaml")]
    [InlineData(@"C:\srv\a b.yaml", "file:///C:/srv/a%20b.yaml")]
    [InlineData(@"\\server\share\a.yaml", "file://server/share/a.yaml")]
    public void Paths_become_addresses(string path, string uri) => Assert.Equal(uri, ArtifactUri.OfFile(path));

    [Theory]
    [InlineData("db.example.com:5432/langsmith", "db.example.com_5432/langsmith")]
    [InlineData("[::1]:5432/a b", "%5B__1%5D_5432/a%20b")]
    [InlineData("host/../x", "host/_/x")]
    [InlineData("", "_")]
    public void Databases_become_paths(string target, string uri) => Assert.Equal(uri, ArtifactUri.OfDatabase(target));

    [GeneratedRegex("\"text\": .*")]
    private static partial Regex TextMember();
}
