using LangSmithPg.Common;

namespace LangSmithPg.Reports.Html;

/// <summary>One database: what is to be done, then, folded, what is as it should be.</summary>
static class DatabaseSection
{
    public static Markup Write(DatabaseAnchors database, bool isFleet) => Markup.Of($"""
        <section class="database {(database.Report.IsReady ? "ready" : "not-ready")}" id="{database.Anchor}" aria-labelledby="{database.Anchor}-title">
        <div class="head">
        <h2 id="{database.Anchor}-title"><bdi>{database.Report.Target}</bdi>{database.LabelMarkup}</h2>
        <p class="badge {(database.Report.IsReady ? "pass" : "fail")}">{StatusMarkup.VerdictSign(database.Report.IsReady)}{database.Report.ShortVerdict()}</p>
        {(isFleet ? Markup.Of($"""<a class="up" href="#matrix">All databases</a>""") : default)}
        </div>
        <p class="muted">{string.Join(" · ", Prose.Facts(database.Report))}</p>
        {(isFleet ? FixAllBox.Write(database.Report) : default)}{database.Cards.Select(finding => FindingArticle.Write(database, finding))}{Accepted(database)}{Quiet(database)}
        </section>

        """);

    static Markup Accepted(DatabaseAnchors database) => database.Report.AcceptedCount == 0 ? default : Markup.Of($"""
        <details class="quiet">
        <summary>{StatusMarkup.AcceptedSign()}{Prose.Count(database.Report.AcceptedCount, "finding is accepted", "findings are accepted")}</summary>
        {database.Report.Accepted.Select(finding => FindingArticle.Write(database, finding))}</details>
        """);

    static Markup Quiet(DatabaseAnchors database)
    {
        var (passed, other) = (database.Report.Count(FindingStatus.Pass), database.Report.Count(FindingStatus.NotApplicable));
        return (passed + other) == 0 ? default : Markup.Of($"""
            <details class="quiet">
            <summary>{FindingStatus.Pass.Sign()}{Prose.Count(passed, "check passes", "checks pass")}{(other > 0 ? $", {Prose.Count(other, "does", "do")} not apply" : "")}</summary>
            {database.Report.Quiet.Select(finding => FindingArticle.Write(database, finding))}</details>
            """);
    }
}
