using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using LangSmithPg.Common;
using LangSmithPg.Reports.Html;

namespace LangSmithPg.Core.Tests.Reports;

public sealed partial class HtmlReportTests
{
    [Fact]
    public void Hostile_texts_stay_texts()
    {
        var tame = Page.Parse(HtmlReport.Write(Samples.Of(Samples.Evil("tame"), Samples.Ready())));
        var hostile = Page.Parse(HtmlReport.Write(Samples.Of(Samples.Evil(), Samples.Ready())));
        Assert.Equal(Names(tame), Names(hostile));
        Assert.Equal(
            tame.Descendants().Attributes().Select(attribute => attribute.Name),
            hostile.Descendants().Attributes().Select(attribute => attribute.Name));
        Assert.Equal(VisibleText.Of(Samples.Hostile), hostile.WithClass("database").First().Descendants("bdi").Single().Value);

        // Where a name may break depends on the name.
        static IEnumerable<XName> Names(XElement page) => page.Descendants().Select(element => element.Name).Where(name => name != "wbr");
    }

    [Fact]
    public void Only_addresses_of_the_web_can_be_followed()
    {
        var page = Page.Parse(HtmlReport.Write(Samples.Of(Samples.Evil())));
        Assert.DoesNotContain(page.Values("href"), address => address.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("javascript:alert(1)", page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_policy_allows_this_style_and_script_and_nothing_else()
    {
        var html = HtmlReport.Write(Samples.Fleet(12));
        var policy = Page.Parse(html).Descendants("meta").Single(meta => (string?)meta.Attribute("http-equiv") == "Content-Security-Policy").Attribute("content")!.Value;
        Assert.Equal($"default-src 'none'; style-src {Hash("style")}; script-src {Hash("script")}; base-uri 'none'; form-action 'none'", policy);

        string Hash(string element)
        {
            var content = Assert.Single(Regex.Matches(html, $"<{element}>(.*?)</{element}>", RegexOptions.Singleline)).Groups[1].Value;
            return $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}'";
        }
    }

    [Fact]
    public void Nothing_is_fetched_or_styled_in_place()
    {
        var page = Page.Parse(HtmlReport.Write(Samples.Fleet(12)));
        Assert.Empty(page.Values("src").Concat(page.Values("style")).Concat(page.Values("onclick")));
        Assert.Empty(page.Descendants("link").Concat(page.Descendants("img")));
        Assert.DoesNotContain("url(", PageAssets.Style.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("@import", PageAssets.Style.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Failures_are_to_be_fixed_only_where_there_are_any()
    {
        Assert.Contains("4 problems. Fix them before", HtmlReport.Write(Samples.Of(Samples.NotReady())), StringComparison.Ordinal);
        Assert.Contains("1 problem. Fix it before", HtmlReport.Write(Samples.Of(Samples.Unreachable())), StringComparison.Ordinal);
        var unknown = HtmlReport.Write(Samples.Of(Samples.Ready() with { Findings = [] }));
        Assert.Contains("The check could not be completed.", unknown, StringComparison.Ordinal);
        Assert.DoesNotContain("Fix them", unknown, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_link_within_the_page_leads_somewhere()
    {
        var page = Page.Parse(HtmlReport.Write(Samples.Fleet(12)));
        var ids = page.Values("id").ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(page.Values("href").Where(address => address.StartsWith('#')), address => Assert.Contains(address[1..], ids));
        Assert.All(page.Values("aria-labelledby"), id => Assert.Contains(id, ids));
    }

    [Fact]
    public void Headings_step_down_one_at_a_time()
    {
        var page = Page.Parse(HtmlReport.Write(Samples.Fleet(12)));
        var levels = page.Descendants().Select(element => HeadingName().Match(element.Name.LocalName)).Where(match => match.Success)
            .Select(match => match.Groups[1].Value[0] - '0').ToList();
        Assert.Equal(1, levels[0]);
        Assert.Single(levels, level => level == 1);
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1));
        Assert.Equal("en", (string?)page.Attribute("lang"));
    }

    [Fact]
    public void A_fleet_has_a_table_with_a_row_for_each_database_and_a_column_for_each_finding()
    {
        var fleet = Samples.Fleet(12);
        var table = Page.Parse(HtmlReport.Write(fleet)).Descendants("table").Single();
        Assert.NotEmpty(table.Element("caption")!.Value);
        Assert.Equal(["Database", "Verdict", "First problem", .. fleet.FindingIds], table.Element("thead")!.Descendants("th").Select(cell => cell.Value));
        Assert.All(table.Descendants("th"), cell => Assert.True((string?)cell.Attribute("scope") is "col" or "row"));
        var rows = table.Element("tbody")!.Elements("tr").ToList();
        Assert.Equal(12, rows.Count);
        Assert.All(rows, row => Assert.Equal(fleet.FindingIds.Count + 3, row.Elements().Count()));

        // Whoever hears the page is told what the others see.
        Assert.All(table.WithClass("sign"), sign => Assert.NotEmpty(Assert.Single(sign.Parent!.WithClass("spoken")).Value));
    }

    [Fact]
    public void One_database_needs_no_table() => Assert.Empty(Page.Parse(HtmlReport.Write(Samples.Of(Samples.Ready()))).Descendants("table"));

    [Fact]
    public void What_fails_comes_first_and_what_passes_is_folded()
    {
        var database = Page.Parse(HtmlReport.Write(Samples.Of(Samples.NotReady()))).WithClass("database").Single();
        Assert.Equal(
            ["fail", "fail", "fail", "fail", "warn"],
            database.Elements("article").Select(article => (string)article.Attribute("class")!));
        Assert.Equal("6 checks pass", database.Element("details")!.Element("summary")!.Value.TrimStart('✓'));
        Assert.Equal(6, database.Element("details")!.Elements("article").Count());
        Assert.Contains(database.Descendants("pre"), fix => fix.Value == "GRANT CREATE ON DATABASE \"langsmith\" TO \"langsmith_app\";");
    }

    [GeneratedRegex("^h([1-6])$")]
    private static partial Regex HeadingName();
}
