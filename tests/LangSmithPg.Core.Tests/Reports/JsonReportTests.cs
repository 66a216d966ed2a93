using System.Text.Json.Nodes;
using LangSmithPg.Clouds;
using LangSmithPg.Common;
using LangSmithPg.Reports;

namespace LangSmithPg.Core.Tests.Reports;

public sealed class JsonReportTests
{
    static readonly JsonNode Schema = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "report.schema.json")))!;

    static JsonNode Write(FleetReport report) => JsonNode.Parse(JsonReport.Write(report))!;

    [Fact]
    public void Its_shape_is_the_schemas()
    {
        var shape = new JsonShape(Schema);
        Assert.Empty(shape.Errors(Write(Samples.Fleet(12))));
        Assert.Empty(shape.Errors(Write(Samples.Of(Samples.Evil()))));
        Assert.Empty(shape.Errors(Write(Samples.Of(Samples.Accepted()))));
        Assert.Empty(shape.Errors(Write(Samples.Of())));
    }

    [Fact]
    public void The_check_finds_what_the_schema_does_not_allow()
    {
        var document = Write(Samples.Of(Samples.Ready()));
        document["generatedAt"] = "today";
        document["more"] = 1;
        document["databases"]![0]!["status"] = "Ok";
        document["databases"]![0]!["isReady"] = "yes";
        document["databases"]![0]!["counts"]!["fail"] = -1;
        document["databases"]![0]!["findings"]![0]!.AsObject().Remove("id");
        Assert.Equal(6, new JsonShape(Schema).Errors(document).Count);
    }

    [Fact]
    public void The_schema_names_every_status_and_provider()
    {
        Assert.Equal(Names<FindingStatus>(), Members("status").Order(StringComparer.Ordinal));
        Assert.Equal(Names<ServerProvider>(), Members("database", "properties", "provider").OfType<string>().Order(StringComparer.Ordinal));

        static IEnumerable<string> Names<T>()
            where T : struct, Enum => Enum.GetNames<T>().Order(StringComparer.Ordinal);

        static IEnumerable<string?> Members(params string[] path) =>
            path.Aggregate(Schema["$defs"]!, (node, name) => node[name]!)["enum"]!.AsArray().Select(one => one?.GetValue<string>());
    }

    [Fact]
    public void It_says_what_the_report_says()
    {
        var document = Write(Samples.Of(Samples.Ready(), Samples.NotReady()));
        Assert.Equal("2026-03-01T08:30:05Z", document["generatedAt"]!.GetValue<string>());
        Assert.Equal("""{"databases":2,"ready":1,"notReady":1,"findings":{"fail":5,"warning":1,"unknown":0,"pass":17,"notApplicable":1,"accepted":0}}""", document["summary"]!.ToJsonString());
        var database = document["databases"]![1]!;
        Assert.Equal("Azure", database["provider"]!.GetValue<string>());
        Assert.Equal(36, database["elapsedMilliseconds"]!.GetValue<int>());
        Assert.Equal("GRANT CREATE ON DATABASE \"langsmith\" TO \"langsmith_app\";", database["findings"]![3]!["fix"]!.GetValue<string>());
    }

    [Fact]
    public void Every_character_survives_but_half_ones() =>
        Assert.Equal(Samples.Hostile.Replace('\uD800', '\uFFFD'), Write(Samples.Of(Samples.Evil()))["databases"]![0]!["target"]!.GetValue<string>());
}
