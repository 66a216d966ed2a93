using LangSmithPg.Common;
using LangSmithPg.Reports;

namespace LangSmithPg.Core.Tests.Reports;

public sealed class GitHubAnnotationsTests
{
    static string[] Lines(string text) => text.TrimEnd('\n').Split('\n');

    [Fact]
    public void Findings_of_a_database_are_commands_worst_first()
    {
        var lines = Lines(ReportFormat.GitHubAnnotations.Write(Samples.Of(Samples.NotReady())));
        Assert.Equal(
            "::error title=Database.Create (db.example.com%3A5432/langsmith)::Role langsmith_app may not create schemas and extensions in database langsmith."
            + "%0AFix: GRANT CREATE ON DATABASE \"langsmith\" TO \"langsmith_app\";", lines[0]);
        Assert.Equal("::error title=Extension.ltree (db.example.com%3A5432/langsmith)::ltree is not installed, and azure.extensions does not allow it.%0ACaused by Extension.citext: once that is fixed, so is this.", lines[4]);
        Assert.StartsWith("::warning title=Server.CommunitySupport ", lines[5], StringComparison.Ordinal);
        Assert.Equal(6, lines.Length);
    }

    [Fact]
    public void Findings_of_a_file_are_at_their_place() => Assert.Equal(
        [
            "::error file=deploy/my values.yaml,line=9,col=5,title=Values.NoConnection::postgres.external.enabled needs attention.%0AFix: postgres.external.existingSecretName: pg",
            "::error file=deploy/my values.yaml,line=11,col=5,title=Values.IamProvider::postgres.external.iamAuthProvider needs attention.",
            "::warning file=deploy/my values.yaml,line=4,col=3,title=Values.UnknownKey::postgres.externl needs attention.",
            "::notice file=deploy/my values.yaml,line=1,col=1,title=Values.UnknownVersion:: needs attention.%0AFix: helm pull langsmith",
        ],
        Lines(ReportFormat.GitHubAnnotations.Write(ValuesSamples.Of(ValuesSamples.Invalid()))));

    [Fact]
    public void Where_nothing_needs_attention_the_verdict_is_a_notice()
    {
        Assert.Equal("::notice title=PostgreSQL readiness for LangSmith::The database is ready.\n", ReportFormat.GitHubAnnotations.Write(Samples.Of(Samples.Ready())));
        Assert.Equal("::notice title=Helm values for LangSmith::The values are valid.\n", ReportFormat.GitHubAnnotations.Write(ValuesSamples.Of(ValuesSamples.Valid())));
    }

    [Theory]
    [InlineData("100%\n::stop-commands::x\r\n::add-mask::y\r::debug::z")]
    [InlineData("a,file=/etc/passwd::error::b")]
    [InlineData("##vso[task.setvariable variable=x]y ##VSO[a]b ####vso[c]d ##[group]e ####[f]")]
    [InlineData("\u2028::error::x\u0085::error::y\v::error::z")]
    public void What_others_say_adds_no_command(string text)
    {
        FilePlace place = new($"{text}.yaml", 1, 2);
        foreach (var issue in new Issue[] { new(text, FindingStatus.Fail, text, text) { Fix = text }, new(text, FindingStatus.Fail, text, text) { CausedBy = text, Place = place } })
        {
            var written = GitHubAnnotations.Write(text, text, [issue]);
            var line = Assert.Single(Lines(written));
            Assert.Equal(1, written.Count(char.IsControl));
            Assert.DoesNotContain("##[", line, StringComparison.Ordinal);
            Assert.DoesNotContain("##vso[", line, StringComparison.OrdinalIgnoreCase);
            Assert.Equal("::error", line[..7]);
            // The runner ends the properties at the first pair of colons, and takes the rest as it is.
            var properties = line[8..line.IndexOf("::", 2, StringComparison.Ordinal)].Split(',').Select(one => one.Split('=')[0]);
            Assert.Equal(issue.Place is null ? ["title"] : ["file", "line", "col", "title"], properties);
        }
    }

    [Fact]
    public void The_percent_sign_is_one_again_for_the_reader() => Assert.Equal(
        "::notice title=50%25%3A%2C a::100%25 of a, b: c.\n", GitHubAnnotations.Write("50%:, a", "100% of a, b: c", []));
}
