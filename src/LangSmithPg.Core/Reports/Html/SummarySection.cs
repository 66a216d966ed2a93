using LangSmithPg.Common;

namespace LangSmithPg.Reports.Html;

/// <summary>The verdict in large letters, and the counts beside it.</summary>
static class SummarySection
{
    public static Markup Write(FleetReport report) => Markup.Of($"""
        <section class="summary {(report.IsReady ? "pass" : "fail")}" aria-labelledby="verdict">
        <h2 id="verdict">{StatusMarkup.VerdictSign(report.IsReady)}{report.Verdict}</h2>
        {Explanation(report)}
        <ul class="counts" aria-label="Findings by status">
        {StatusWords.WorstFirst.Select(status => Count(status, report.Count(status)))}</ul>
        </section>
        """);

    static Markup Explanation(FleetReport report) => report switch
    {
        { IsReady: true } when report.Count(FindingStatus.Warning) + report.Count(FindingStatus.Unknown) == 0 =>
            Markup.Of($"<p>No finding prevents <code>helm upgrade</code>.</p>"),
        { IsReady: true } => Markup.Of($"<p>No finding prevents <code>helm upgrade</code>. Review the warnings and unknown results below.</p>"),
        _ when report.Count(FindingStatus.Fail) == 0 =>
            Markup.Of($"<p>The check could not be completed. Resolve the unknown results before <code>helm upgrade</code>.</p>"),
        _ => Markup.Of($"<p>Fix the failures before <code>helm upgrade</code>: LangSmith cannot be installed or run in the current state.</p>"),
    };

    static Markup Count(FindingStatus status, int count) => Markup.Of($"""
        <li class="{(count == 0 ? "none" : status.Class())}"><b>{count}</b> <span>{StatusMarkup.Sign(status)}{status.Name()}</span></li>

        """);
}
