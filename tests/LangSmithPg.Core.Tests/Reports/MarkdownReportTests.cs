using LangSmithPg.Reports;

namespace LangSmithPg.Core.Tests.Reports;

public sealed class MarkdownReportTests
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
        ## `db.example.com:5432/langsmith`: Not ready

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

        """.ReplaceLineEndings("\n"), MarkdownReport.Write(Samples.Of(Samples.Unreachable())), StringComparison.Ordinal);

    [Fact]
    public void A_fix_is_written_once() => Assert.Contains(
        "Fix: the same as for `Extension.citext`.", MarkdownReport.Write(Samples.Of(Samples.NotReady())), StringComparison.Ordinal);

    [Theory]
    [InlineData("a | b", @"a \| b")]
    [InlineData("<b>x</b> &amp;", @"\<b\>x\</b\> \&amp;")]
    [InlineData("[a](b) *c* _d_ `e` ~f~ $g$ #1", @"\[a\](b) \*c\* \_d\_ \`e\` \~f\~ \$g\$ \#1")]
    [InlineData("a\n# b\r\n- c", @"a \# b - c")]
    [InlineData(@"back\slash", @"back\\slash")]
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
}
