namespace LangSmithPg.Reports.Html;

/// <summary>Writes a report as one page that needs nothing else: no file, no network, and no script but for comfort.</summary>
static class HtmlReport
{
    public static string Write(FleetReport report)
    {
        List<DatabaseAnchors> databases = [.. report.WorstFirst.Select((database, index) => new DatabaseAnchors(index + 1, database))];
        var isFleet = databases.Count > 1;
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
            <p class="muted">Generated <time datetime="{Prose.Iso(report.GeneratedAt)}">{Prose.Utc(report.GeneratedAt)}</time> by LangSmithPg {report.ModuleVersion}</p>
            </header>
            <main>
            {SummarySection.Write(report)}
            {(isFleet ? MatrixSection.Write(report.FindingIds, databases) : default)}
            <div id="findings" tabindex="-1">
            {databases.Select(database => DatabaseSection.Write(database, isFleet))}
            </div>
            </main>
            <script>{PageAssets.Script}</script>
            </body>
            </html>

            """).ToString();
    }
}
