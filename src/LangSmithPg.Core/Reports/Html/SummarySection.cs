using LangSmithPg.Common;

namespace LangSmithPg.Reports.Html;

/// <summary>The verdict in large letters, what to do, and the counts.</summary>
static class SummarySection
{
    public static Markup Write(FleetReport report, bool printsFixes) => Markup.Of($"""
        <section class="summary {(report.IsReady ? "pass" : "fail")}" aria-labelledby="verdict">
        <h2 id="verdict">{StatusMarkup.VerdictSign(report.IsReady)}{report.Verdict}</h2>
        <p>{Explanation(report)}</p>
        {(report.Databases.Count == 1 ? FixAllBox.Write(report.Databases[0]) : default)}
        <ul class="counts" aria-label="Findings by status">
        {Problems(report)}{StatusWords.WorstFirst.Where(status => status != FindingStatus.Fail).Select(status => Count(status, report.Count(status)))}{Accepted(report.AcceptedCount)}</ul>
        {Paper(report, printsFixes)}
        </section>
        """);

    static Markup Explanation(FleetReport report) => (report.ProblemCount, report.Count(FindingStatus.Fail)) switch
    {
        _ when report.IsReady => Markup.Of($"Ready for {NextStep(report)}. {Rest(report)}"),
        (_, 0) => Markup.Of($"The check could not be completed. Resolve the unknown results before {NextStep(report)}."),
        (0, var failures) => ToFix(report, Prose.Count(failures, "failure", "failures"), failures),
        var (problems, _) => ToFix(report, Prose.Count(problems, "problem", "problems"), problems),
    };

    static Markup ToFix(FleetReport report, string what, int count) => Markup.Of(
        $"{what}. Fix {(count == 1 ? "it" : "them")} before {NextStep(report)}: {(IsOfMove(report) ? "the database cannot be moved" : "LangSmith cannot be installed or run")} in the current state.");

    static Markup NextStep(FleetReport report) => IsOfMove(report) ? Markup.Of($"the move") : Markup.Of($"<code>helm upgrade</code>");

    static bool IsOfMove(FleetReport report) => report.Databases.Count > 0 && report.Databases.All(one => one.IsOfMove);

    static string Rest(FleetReport report)
    {
        var (warnings, unknown) = (report.Count(FindingStatus.Warning), report.Count(FindingStatus.Unknown));
        string[] parts = [.. warnings > 0 ? [Prose.Count(warnings, "warning", "warnings")] : (string[])[], .. unknown > 0 ? [$"{unknown} unknown"] : (string[])[]];
        return parts.Length == 0 ? "" : $"{string.Join(", ", parts)}.";
    }

    // One missing GRANT shows in a dozen findings: what counts is how much there is to fix.
    static Markup Problems(FleetReport report)
    {
        var (problems, failures) = (report.ProblemCount, report.Count(FindingStatus.Fail));
        return problems == 0 && failures > 0
            ? Count(FindingStatus.Fail, failures)
            : Count("fail", problems, FindingStatus.Fail, problems == 1 ? "Problem" : "Problems", failures > problems ? $"in {failures} findings" : null);
    }

    static Markup Accepted(int count) => count == 0 ? default : Markup.Of($"""
        <li class="na"><b>{count}</b> <span>{StatusMarkup.AcceptedSign()}Accepted</span></li>

        """);

    static Markup Count(FindingStatus status, int count) => Count(status.Class(), count, status, status.Name(), null);

    static Markup Count(string tone, int count, FindingStatus status, string label, string? detail) => Markup.Of($"""
        <li class="{(count == 0 ? "none" : tone)}"><b>{count}</b> <span>{status.Sign()}{label}</span>{(detail is null ? default : Markup.Of($" <small>{detail}</small>"))}</li>

        """);

    // Whoever holds only the paper has to know that it is not all.
    static Markup Paper(FleetReport report, bool printsFixes) => Markup.Of($"""
        <p class="paper">Only the summary and the failures are printed. The page itself also contains {(printsFixes || report.IsReady ? "" : "the fixes, ")}the warnings and the passed checks.</p>
        """);
}
