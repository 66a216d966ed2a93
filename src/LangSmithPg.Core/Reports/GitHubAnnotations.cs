using System.Globalization;
using LangSmithPg.Common;

namespace LangSmithPg.Reports;

/// <summary>
/// Writes what needs attention as workflow commands of GitHub Actions, a line each: the runner turns them into annotations when a step
/// prints them. GitHub shows the first ten errors, warnings and notices of a step, so that the worst come first.
/// </summary>
static class GitHubAnnotations
{
    public static string Write(string title, string verdict, IReadOnlyList<Issue> issues) =>
        issues.Count == 0
            // Silence would look like a step that did not run.
            ? Line("notice", null, title, $"{verdict}.")
            : string.Concat(issues.Select(issue => Line(Command(issue.Status), issue.Place, Title(issue), issue.Text)));

    static string Title(Issue issue) => issue.Place is null ? $"{issue.Id} ({issue.Subject})" : issue.Id;

    static string Line(string command, FilePlace? place, string title, string message)
    {
        var where = place is null ? "" : string.Create(CultureInfo.InvariantCulture, $"file={Property(VisibleText.Line(place.Path))},line={place.Line},col={place.Column},");
        return $"::{command} {where}title={Property(VisibleText.Line(title))}::{Data(VisibleText.Of(message))}\n";
    }

    static string Command(FindingStatus status) => status switch
    {
        FindingStatus.Fail => "error",
        FindingStatus.Warning => "warning",
        _ => "notice",
    };

    // As the runner decodes it. The percent sign goes first: it is what the others become.
    static string Data(string text) => Inert(text)
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);

    static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);

    // The older commands, and those of Azure Pipelines, are found anywhere in a line. They have no escape.
    static string Inert(string text) => text
        .Replace("##[", "## [", StringComparison.Ordinal)
        .Replace("##vso[", "## vso[", StringComparison.OrdinalIgnoreCase);
}
