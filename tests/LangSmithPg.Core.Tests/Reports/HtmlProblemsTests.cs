using LangSmithPg.Common;
using LangSmithPg.Readiness;
using LangSmithPg.Reports;
using LangSmithPg.Reports.Html;

namespace LangSmithPg.Core.Tests.Reports;

/// <summary>What the page says of problems: how many there are, what follows from them, and the SQL that fixes all.</summary>
public sealed class HtmlProblemsTests
{
    [Fact]
    public void All_SQL_stands_under_the_verdict()
    {
        var summary = Page.Parse(HtmlReport.Write(Samples.Of(FixableSamples.TwoProblems()))).WithClass("summary").Single();
        var box = Assert.Single(summary.WithClass("all"));
        Assert.Equal("Fix everything: 2 statements", box.Descendants("h3").Single().Value);
        Assert.Equal($"{FixableSamples.Grant}\n{FixableSamples.SchemaGrant}", box.Descendants("pre").Single().Value);
        Assert.Equal("Copy all SQL for db.example.com:5432/langsmith", (string?)box.Attribute("data-copy"));
    }

    [Fact]
    public void SQL_that_does_not_fix_everything_says_so()
    {
        var mixed = FixableSamples.TwoProblems();
        mixed = mixed with { Findings = [.. mixed.Findings, FixableSamples.Fail("Pooler", "A pooler is in the way.", "Ask for a port without it.")] };
        Assert.Equal("Fix 2 of 3 problems: 2 statements", Title(mixed));

        // A failure that was left out is counted, and its fix is not known.
        Assert.Equal("Fix 2 problems: 2 statements", Title(FixableSamples.TwoProblems() with { Counts = new(9, 0, 0, 0, 0) }));
        Assert.Empty(Boxes(Samples.Unreachable()));
        Assert.Empty(Boxes(Samples.Ready()));
    }

    [Fact]
    public void Each_database_of_a_fleet_has_its_own_SQL()
    {
        var page = Page.Parse(HtmlReport.Write(Samples.Of(FixableSamples.TwoProblems("a/b"), Samples.Ready(), FixableSamples.TwoProblems("c/d"))));
        Assert.Empty(page.WithClass("summary").Single().WithClass("all"));
        Assert.Equal([1, 1, 0], page.WithClass("database").Select(database => database.WithClass("all").Count()));
    }

    [Fact]
    public void What_follows_from_a_problem_is_folded_into_it()
    {
        var database = Page.Parse(HtmlReport.Write(Samples.Of(FixableSamples.TwoProblems()))).WithClass("database").Single();
        Assert.Equal(["fail", "fail", "warn"], database.Elements("article").Select(article => (string)article.Attribute("class")!));
        var follow = Assert.Single(database.WithClass("follow"));
        Assert.Null(follow.Attribute("open"));
        Assert.Equal("6 other findings follow from this", follow.Element("summary")!.Value);
        Assert.Equal(6, follow.Descendants("li").Count());
        Assert.Contains("Fail", follow.Descendants("li").First().WithClass("spoken").Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void No_failure_is_hidden_where_ids_are_not_unique()
    {
        var fail = FixableSamples.Fail("Twice", "It fails.", "Do it.");
        var database = Samples.Ready() with
        {
            Findings =
            [
                fail with { Status = FindingStatus.Pass, Message = "It passes." }, fail, fail with { },
                FixableSamples.Fail("Other", "This follows.", null) with { CausedBy = "Twice" },
                fail with { Id = "Warned", Status = FindingStatus.Warning, Message = "It warns.", Fix = null },
                FixableSamples.Fail("Worse", "This is worse.", null) with { CausedBy = "Warned" },
            ],
        };
        var page = Page.Parse(HtmlReport.Write(Samples.Of(database)));
        Assert.All(["It fails.", "This follows.", "This is worse."], text =>
            Assert.Contains(page.WithClass("database").Single().Elements("article"), article => article.Value.Contains(text, StringComparison.Ordinal)));
        Assert.Equal(page.Values("id").Distinct(), page.Values("id"));
    }

    [Fact]
    public void Problems_are_counted_before_findings()
    {
        Assert.StartsWith("2 ×Problems in 8 findings", Counts(FixableSamples.TwoProblems()), StringComparison.Ordinal);
        Assert.StartsWith("1 ×Problem", Counts(Samples.Unreachable()), StringComparison.Ordinal);
        Assert.StartsWith("0 ×Problems", Counts(Samples.Ready()), StringComparison.Ordinal);

        // All that failed was left out.
        Assert.StartsWith("3 ×Fail", Counts(Samples.Ready() with { Counts = new(3, 0, 0, 1, 0), Status = FindingStatus.Fail, IsReady = false }), StringComparison.Ordinal);

        static string Counts(ReadinessReport database) =>
            Page.Parse(HtmlReport.Write(Samples.Of(database))).WithClass("counts").Single().Value.Trim();
    }

    [Fact]
    public void What_is_ready_says_so_and_counts_what_is_left()
    {
        Assert.Equal("Ready for helm upgrade. ", Explanation(Samples.Ready()));
        Assert.Equal("Ready for helm upgrade. 1 warning.", Explanation(Samples.Ready() with { Findings = [Samples.NotReady().Findings[2]] }));
        Assert.Equal("Ready for helm upgrade. 1 warning, 1 unknown.", Explanation(Samples.Ready() with { Findings = [Samples.NotReady().Findings[2], Samples.UnknownFinding] }));

        static string Explanation(ReadinessReport database) =>
            Page.Parse(HtmlReport.Write(Samples.Of(database))).WithClass("summary").Single().Element("p")!.Value;
    }

    [Fact]
    public void Columns_without_anything_to_see_are_collapsed()
    {
        var page = Page.Parse(HtmlReport.Write(Samples.Of(FixableSamples.TwoProblems(), Samples.Ready(), Samples.Ready())));
        var calm = page.Descendants("thead").Single().WithClass("calm").Select(cell => cell.Value);
        Assert.Equal(["Connection", "Server.Version", "Schema.Ownership"], calm);
        Assert.All(page.Descendants("tbody").Single().Elements("tr"), row => Assert.Equal(3, row.WithClass("calm").Count()));
        Assert.Contains("Show all columns (3 ", page.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("Show all columns", HtmlReport.Write(Samples.Of(Samples.Unreachable(), Samples.Unreachable())), StringComparison.Ordinal);
    }

    [Fact]
    public void Databases_of_one_name_are_told_apart()
    {
        Assert.Equal(["a/b role x", "a/b role y", "c/d"], Names(Of("a/b", "x"), Of("a/b", "y"), Of("c/d", "x")));
        Assert.Equal(["a/b role x, schema one", "a/b role x, schema two"], Names(Of("a/b", "x", "one"), Of("a/b", "x", "two")));
        Assert.Equal(["a/b", "a/b"], Names(Of("a/b", null, null), Of("a/b", null, null)));

        static ReadinessReport Of(string target, string? role, string? schema = "public") => Samples.Ready(target) with { UserName = role, Schema = schema };
        static IEnumerable<string> Names(params ReadinessReport[] databases)
        {
            var page = Page.Parse(HtmlReport.Write(Samples.Of(databases)));
            Assert.Equal(page.WithClass("database").Select(database => database.Descendants("h2").Single().Value), page.Descendants("tbody").Single().WithClass("name").Select(name => name.Value));
            return page.Descendants("tbody").Single().WithClass("name").Select(name => name.Value);
        }
    }

    [Fact]
    public void The_page_says_who_checked_where_that_is_known()
    {
        var report = Samples.Of(Samples.Ready());
        Assert.DoesNotContain("Checked", Header(report), StringComparison.Ordinal);
        Assert.Contains("Generated 2026-03-01 08:30 UTC by LangSmithPg 0.1.0", Header(report), StringComparison.Ordinal);

        var origin = Header(report with { Origin = new("<b>", "JUMP01", IsInsideCluster: false, "0.1.0") });
        Assert.Contains("Checked by <b>@JUMP01, from outside a cluster, with LangSmithPg 0.1.0", origin, StringComparison.Ordinal);
        Assert.DoesNotContain("UTC by", origin, StringComparison.Ordinal);

        static string Header(FleetReport report) => Page.Parse(HtmlReport.Write(report)).Descendants("header").Single().Value;
    }

    static string Title(ReadinessReport database) => Assert.Single(Boxes(database)).Descendants("h3").Single().Value;

    static IEnumerable<System.Xml.Linq.XElement> Boxes(ReadinessReport database) => Page.Parse(HtmlReport.Write(Samples.Of(database))).WithClass("all");
}
