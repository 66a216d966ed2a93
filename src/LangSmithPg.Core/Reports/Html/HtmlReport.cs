namespace LangSmithPg.Reports.Html;

/// <summary>Writes a report as one page that needs nothing else: no file, no network, and no script but for comfort.</summary>
static class HtmlReport
{
    // Beyond that, a printed fleet only says what failed: the fixes are for the screen, where they can be copied.
    const int PrintedFixes = 60;

    public static string Write(FleetReport report)
    {
        var databases = DatabaseAnchors.Of(report.WorstFirst);
        var isFleet = databases.Count > 1;
        var printsFixes = report.ProblemCount <= PrintedFixes;
        return Markup.Of($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{Markup.Trusted(PageAssets.Policy)}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="referrer" content="no-referrer">
            <meta name="generator" content="LangSmithPg {report.ModuleVersion}">
            <title>{report.Title}: {report.Verdict}</title>
            <style>{PageAssets.Style}</style>
            </head>
            <body>
            <a class="skip" href="#findings">Skip to the findings</a>
            <header>
            <h1>{report.Title}</h1>
            <p class="muted">Generated <time datetime="{Prose.Iso(report.GeneratedAt)}">{Prose.Utc(report.GeneratedAt)}</time>{(report.Origin is { ModuleVersion: not null } ? "" : $" by LangSmithPg {report.ModuleVersion}")}</p>
            {(report.Origin is { } origin ? Markup.Of($"""<p class="muted">{origin.ToString()}</p>""") : default)}
            </header>
            <main>
            {SummarySection.Write(report, printsFixes)}
            {(isFleet ? MatrixSection.Write(report.FindingIds, databases) : default)}
            <div id="findings" class="{(isFleet ? "fleet" : "single")}{(printsFixes ? "" : " many")}" tabindex="-1">
            {databases.Select(database => DatabaseSection.Write(database, isFleet))}
            </div>
            {report.Budgets.Select(BudgetSection.Write)}
            </main>
            <script>{PageAssets.Script}</script>
            </body>
            </html>

            """).ToString();
    }
}
