using LangSmithPg.Connections;
using LangSmithPg.Preflight;
using LangSmithPg.Readiness;
using LangSmithPg.Reports;

namespace LangSmithPg.Core.Tests.Reports;

public sealed class CheckOriginTests
{
    static readonly CheckOrigin Session = new("maria", "JUMP01", IsInsideCluster: false, "0.1.0");

    static readonly ReadinessReport Live = Samples.Ready() with { Connection = PgConnectionString.Parse("postgresql://langsmith_app@db.example.com/langsmith").Require() };

    static readonly ReadinessReport Preflight = Samples.Ready() with { IsFromPreflight = true };

    [Fact]
    public void Only_what_this_session_checked_is_said_to_be_checked_by_it()
    {
        Assert.Same(Session, CheckOrigin.Of([Live, Live], Session));
        Assert.Null(CheckOrigin.Of([Live, Samples.Ready()], Session));
        Assert.Null(CheckOrigin.Of([Live, Preflight], Session));
        Assert.Null(CheckOrigin.Of([], Session));
    }

    [Fact]
    public void A_preflight_comes_from_inside_the_cluster() =>
        Assert.Equal("Checked from inside a cluster", CheckOrigin.Of([Preflight], Session)!.ToString());

    [Fact]
    public void A_log_of_a_preflight_says_that_it_is_one()
    {
        var json = JsonReport.Write(Samples.Of(Samples.Ready())).Replace("\n", "", StringComparison.Ordinal);
        var run = Assert.Single(PreflightLog.Read([$"LangSmithPg.Preflight/1 0123abcd 1/1 {json}"]));
        Assert.True(Assert.Single(run.ToReports()).IsFromPreflight);
    }

    [Theory]
    [InlineData("maria", "JUMP01", "Checked by maria@JUMP01, from inside a cluster, with LangSmithPg 0.1.0")]
    [InlineData("", "langsmith-preflight-1", "Checked on langsmith-preflight-1, from inside a cluster, with LangSmithPg 0.1.0")]
    [InlineData("maria", null, "Checked by maria, from inside a cluster, with LangSmithPg 0.1.0")]
    public void What_is_not_known_is_not_said(string? user, string? machine, string sentence) =>
        Assert.Equal(sentence, new CheckOrigin(user, machine, IsInsideCluster: true, "0.1.0").ToString());
}
