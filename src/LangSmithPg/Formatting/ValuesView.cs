using LangSmithPg.Common;
using LangSmithPg.Helm.Linting;

namespace LangSmithPg.Formatting;

/// <summary>What was found in values files as text for the terminal: a summary, then a line a finding with its fix below.</summary>
public static class ValuesView
{
    const int StatusWidth = 9;

    static readonly FindingStatus[] Summarised = [FindingStatus.Fail, FindingStatus.Warning, FindingStatus.Unknown];

    /// <summary>Writes the report, line by line.</summary>
    /// <param name="report">The report.</param>
    /// <param name="width">Width of the terminal in characters.</param>
    public static IEnumerable<string> Lines(ValuesReport report, int width)
    {
        ArgumentNullException.ThrowIfNull(report);
        foreach (var line in Summary(report, width))
        {
            yield return line;
        }

        foreach (var repaired in report.Fixed ?? [])
        {
            yield return $"  {Ansi.Color(FindingStatus.Pass, "Fixed".PadRight(StatusWidth))}{VisibleText.Line($"{Path.GetFileName(repaired.Path)}:{repaired.Line}:{repaired.Column}  {repaired.Id}")}";
        }

        foreach (var file in report.Findings.GroupBy(finding => finding.Path))
        {
            if (report.Paths.Count > 1)
            {
                yield return $"  {Ansi.Bold(VisibleText.Line(Path.GetFileName(file.Key)))}";
            }

            foreach (var line in file.SelectMany(finding => Lines(finding, width, file.Max(one => Place(one).Length) + 2)))
            {
                yield return line;
            }
        }
    }

    static IEnumerable<string> Lines(ValuesFinding finding, int width, int placeWidth)
    {
        var indent = 2 + StatusWidth + placeWidth;
        var head = $"  {Ansi.Color(finding.Status, finding.Status.ToString().PadRight(StatusWidth))}{Place(finding).PadRight(placeWidth)}";
        foreach (var line in FilledLines.Of(VisibleText.Line($"{finding.Message} ({finding.Id}{(finding.CanFix ? "; can be fixed with -Fix" : "")})"), width - indent - 1))
        {
            yield return head + line;
            head = new(' ', indent);
        }

        if (finding.Fix is { } fix)
        {
            foreach (var line in RemedyLines.Of(fix, width - indent - 1))
            {
                yield return new string(' ', indent) + Ansi.Command(line);
            }
        }
    }

    static string Place(ValuesFinding finding) => $"{finding.Line}:{finding.Column}";

    static IEnumerable<string> Summary(ValuesReport report, int width)
    {
        var files = report.Paths.Select(path => Ansi.Bold(VisibleText.Line(Path.GetFileName(path))));
        string[] chart = report switch
        {
            { ChartVersion: { } asked, TakenFor: { } known } => [$"chart {known} (in place of {asked}, which is not known)"],
            { ChartVersion: { } version } => [$"chart {version}"],
            _ => [],
        };
        string[] fixable = report switch
        {
            { Fixed: { } repaired } => [$"-Fix fixed {repaired.Count} of {repaired.Count + report.Findings.Count}"],
            _ when report.Findings.Count(finding => finding.CanFix) is > 0 and var count => [$"-Fix can fix {count}"],
            _ => [],
        };
        return Headline.Lines(
            [.. files, .. chart], report.IsValid ? "valid" : "not valid", width,
            [.. Headline.Counts(Summarised, status => report.Findings.Count(finding => finding.Status == status))], fixable);
    }
}
