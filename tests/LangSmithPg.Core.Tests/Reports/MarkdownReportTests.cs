using System.Text.RegularExpressions;
using LangSmithPg.Reports;

namespace LangSmithPg.Core.Tests.Reports;

public sealed partial class MarkdownReportTests
{
    [Fact]
    public void A_ready_database_is_a_table_and_no_more() => Assert.Equal(
        """
        # PostgreSQL readiness for LangSmith

        **The database is ready.** Generated 2026-03-01 08:30 UTC by LangSmithPg 0.1.0.

        | Database | Verdict | Fail | Warning | Unknown | Pass | Not applicable |
        |---|---|--:|--:|--:|--:|--:|
        | `db.example.com:5432/langsmith` | ✅ Ready | 0 | 0 | 0 | 11 | 1 |

        """.ReplaceLineEndings("\n"), MarkdownReport.Write(Samples.Of(Samples.Ready())));

    [Fact]
    public void A_database_that_is_not_ready_is_told_with_its_fixes() => Assert.EndsWith(
        """
        <details open>
        <summary><code>db.example.com:5432/langsmith</code>: not ready: 1 problem</summary>

        role langsmith\_app, schema public, checked within 36 ms

        ### ❌ Fail: `Connection`

        The server does not let role langsmith\_app in from this address without TLS.

        - Evidence: 28000 no pg\_hba.conf entry for host "10.0.0.7", user "langsmith\_app", database "langsmith", no encryption
        - Why: Every pod of LangSmith connects like this.
        - Source: <https://docs.langchain.com/langsmith/self-host-external-postgres>

        Fix:

        ```
        Add ?sslmode=require to the connection.
        ```

        </details>

        """.ReplaceLineEndings("\n"), MarkdownReport.Write(Samples.Of(Samples.Unreachable())), StringComparison.Ordinal);

    [Fact]
    public void What_another_finding_causes_is_named_there_and_no_more()
    {
        var text = MarkdownReport.Write(Samples.Of(Samples.NotReady()));
        Assert.Contains("### ❌ Fail: `Extension.citext`\n", text, StringComparison.Ordinal);
        Assert.Contains("\n- Also causes: `Extension.ltree`\n", text, StringComparison.Ordinal);
        Assert.Equal(1, Count(text, "Extension.ltree"));
        Assert.Equal(1, Count(text, "az postgres"));
    }

    [Fact]
    public void Databases_of_a_fleet_are_closed_and_in_the_order_of_the_table()
    {
        var text = MarkdownReport.Write(Samples.Fleet(6));
        Assert.Equal((0, 3, 3, 3), (Count(text, "<details open>"), Count(text, "\n<details>\n<summary>"), Count(text, "</summary>\n\n"), Count(text, "\n\n</details>\n")));
        Assert.Equal(
            ["eu-01.db.example.com:5432/langsmith", "us-03.db.example.com:5432/langsmith", "ap-04.db.example.com:5432/langsmith"],
            Summary().Matches(text).Select(match => match.Groups[1].Value));
        Assert.DoesNotContain("left out", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fleet_fits_into_a_comment_and_says_what_it_lacks()
    {
        var text = MarkdownReport.Write(Samples.Fleet(300));
        Assert.InRange(text.Length, 50_000, MarkdownPage.MaxLength);
        Assert.Equal(300, Count(text, "\n| `"));
        Assert.Equal(Count(text, "<details>"), Count(text, "</details>"));
        var shown = Summary().Count(text);
        var left = int.Parse(Omission().Match(text).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        // The last one that is shown may be shortened.
        Assert.InRange(shown + left, 150, 151);
        Assert.EndsWith("are left out or shortened. CSV and SARIF have no such limit.\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_the_sizes_it_fits()
    {
        FleetReport[] reports =
        [
            Samples.Fleet(5_000),
            Samples.Of(Samples.Evil(new('<', 70_000))),
            Samples.Of([.. Enumerable.Range(0, 40).Select(_ => Samples.Evil(new('`', 3_000)))]),
            Samples.Of(Samples.NotReady() with { Findings = [.. Enumerable.Range(0, 5_000).Select(number => Samples.UnknownFinding with { Id = $"A.{number}" })] }),
            Samples.Of(Samples.NotReady()) with { Title = new('_', 100_000) },
        ];
        Assert.All(reports, report =>
        {
            var text = MarkdownReport.Write(report);
            Assert.InRange(text.Length, 1, MarkdownPage.MaxLength);
            Assert.Equal(Count(text, "\n<details"), Count(text, "\n</details>\n"));
        });
        Assert.All(reports[..4], report => Assert.Contains("This report is limited to what a comment on GitHub holds: ", MarkdownReport.Write(report), StringComparison.Ordinal));
    }

    [Fact]
    public void A_hostile_name_opens_and_closes_nothing()
    {
        const string name = "</code></summary></details>\n\n# x\n<details>@octocat";
        var text = MarkdownReport.Write(Samples.Of(Samples.Evil(name)));
        var beforeFix = text.Split("Fix:")[0];
        Assert.Equal((1, 0), (Count(beforeFix, "\n<details"), Count(beforeFix, "\n</details>")));
        Assert.Contains("<summary><code>&lt;/code&gt;&lt;/summary&gt;&lt;/details&gt;  # x &lt;details&gt;@octocat</code>: ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\n# x", beforeFix, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_files_are_told_with_their_lines() => Assert.Equal(
        """
        # Helm values for LangSmith

        **The values of 1 of 2 releases are not valid.** Generated 2026-03-01 08:30 UTC by LangSmithPg 0.1.0.

        | File | Chart | Verdict | Fail | Warning | Unknown |
        |---|---|---|--:|--:|--:|
        | `deploy/my values.yaml` | 0.16.11 | ❌ Not valid | 2 | 1 | 1 |
        | `base.yaml` | 0.16.11 | ✅ Valid | 0 | 0 | 0 |
        | `valid.yaml` | 0.16.11 | ✅ Valid | 0 | 0 | 0 |

        <details>
        <summary><code>deploy/my values.yaml</code>: 4 findings</summary>

        Tested against chart 0.16.11.

        ### ❌ Fail: `Values.NoConnection` (line 9, column 5)

        postgres.external.enabled needs attention.

        - Key: `postgres.external.enabled`
        - Why: The pods would not start.

        Fix:

        ```yaml
        postgres.external.existingSecretName: pg
        ```

        ### ❌ Fail: `Values.IamProvider` (line 11, column 5)

        postgres.external.iamAuthProvider needs attention.

        - Key: `postgres.external.iamAuthProvider`
        - `Test-LangSmithHelmValues -Fix` fixes it.

        ### ⚠️ Warning: `Values.UnknownKey` (line 4, column 3)

        postgres.externl needs attention.

        - Key: `postgres.externl`

        ### ❔ Unknown: `Values.UnknownVersion` (line 1, column 1)

        needs attention.

        Fix:

        ```sh
        helm pull langsmith
        ```

        </details>

        """.ReplaceLineEndings("\n"), ReportFormat.Markdown.Write(ValuesSamples.Of(ValuesSamples.Invalid(), ValuesSamples.Valid())));

    static int Count(string text, string part) => text.Split(part).Length - 1;

    [Theory]
    [InlineData("a | b", @"a \| b")]
    [InlineData("<b>x</b> &amp;", @"\<b\>x\</b\> \&amp;")]
    [InlineData("[a](b) *c* _d_ `e` ~f~ $g$ #1", @"\[a\](b) \*c\* \_d\_ \`e\` \~f\~ \$g\$ \#1")]
    [InlineData("a\n# b\r\n- c", @"a \# b - c")]
    [InlineData(@"back\slash", @"back\\slash")]
    [InlineData("@octocat (@org/team) a@b.example", "@<!-- -->octocat (@<!-- -->org/team) a@b.example")]
    public void Texts_stay_texts(string text, string markdown) => Assert.Equal(markdown, MarkdownText.Inline(text));

    [Theory]
    [InlineData("a|b", @"`a\|b`")]
    [InlineData("a`b", "``a`b``")]
    [InlineData("``a", "``` ``a ```")]
    [InlineData("a\nb", "`a b`")]
    public void Code_in_a_cell_stays_code(string text, string markdown) => Assert.Equal(markdown, MarkdownText.CodeCell(text));

    [Theory]
    [InlineData("select 1;", "```\nselect 1;\n```")]
    [InlineData("```\nx\n`````", "``````\n```\nx\n`````\n``````")]
    public void A_fence_is_longer_than_what_it_holds(string text, string markdown) => Assert.Equal(markdown, MarkdownText.Fenced(text));

    [Fact]
    public void A_link_is_one_of_the_webs()
    {
        Assert.Equal("<https://example.com/a%3Eb>", MarkdownText.Link(new("https://example.com/a>b")));
        Assert.Equal("`javascript:alert(1)`", MarkdownText.Link(new("javascript:alert(1)")));
    }

    [GeneratedRegex("<summary><code>(.*?)</code>")]
    private static partial Regex Summary();

    [GeneratedRegex("the details of ([0-9]+) databases")]
    private static partial Regex Omission();
}
