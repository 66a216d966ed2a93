using LangSmithPg.Common;
using LangSmithPg.Readiness;
using LangSmithPg.Releases;

namespace LangSmithPg.Formatting;

/// <summary>All databases of a release: a line for each, what is wrong with them, and last the verdict and what to do next.</summary>
static class ReleaseView
{
    const int PurposeWidth = 18;
    const int VerdictWidth = 12;

    /// <summary>Writes it, line by line.</summary>
    /// <param name="release">The report of the release.</param>
    /// <param name="width">Width of the terminal in characters.</param>
    public static IEnumerable<string> Lines(ReleaseReport release, int width)
    {
        List<ReadinessReport> open = [.. release.Databases.Where(database => !database.IsReady)];
        var chart = release.ChartVersion is { } version ? $", chart {version}{(release.TakenFor is { } known ? $", treated as {known}" : "")}" : "";
        return
        [
            Ansi.Bold($"LangSmith{chart}"),
            "",
            .. release.Databases.SelectMany(database => Row(database, width)),
            "",
            .. release.Databases.Where(database => database.Attention.Count > 0).SelectMany(database => ReportView.Problems(database, width).Append("")),
            Ansi.Color(release.IsReady ? FindingStatus.Pass : open.Exists(IsFailed) ? FindingStatus.Fail : FindingStatus.Unknown, release.IsReady ? "Ready for helm upgrade." : Sentence(release.Verdict)),
            .. open.OrderByDescending(IsFailed).Take(1).SelectMany(database => ReportView.NextSteps(database, width, static _ => true)),
            .. open.Count > 1 ? ["The property Databases contains the fixes of the other databases."] : (string[])[],
        ];
    }

    static bool IsFailed(ReadinessReport database) => database.Status == FindingStatus.Fail;

    static IEnumerable<string> Row(ReadinessReport database, int width)
    {
        // It was not tested.
        var isInside = database is { IsReady: true, ServerVersion: null };
        var verdict = isInside ? "in cluster" : database.IsReady ? "ready" : IsFailed(database) ? "not ready" : "not known";
        var color = isInside ? FindingStatus.Warning : database.IsReady ? FindingStatus.Pass : IsFailed(database) ? FindingStatus.Fail : FindingStatus.Unknown;
        const int Indent = 2 + PurposeWidth + VerdictWidth;
        return FilledLines.Of(VisibleText.Line(database.Target), width - Indent - 1).Select((line, index) =>
            index == 0 ? $"  {$"{database.Purpose}",-PurposeWidth}{Ansi.Color(color, verdict.PadRight(VerdictWidth))}{line}" : new string(' ', Indent) + line);
    }

    static string Sentence(string verdict) => $"{char.ToUpperInvariant(verdict[0])}{verdict[1..]}.";
}
