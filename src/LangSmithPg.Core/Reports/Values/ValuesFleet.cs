using LangSmithPg.Common;
using LangSmithPg.Helm.Linting;

namespace LangSmithPg.Reports.Values;

/// <summary>Everything that a written report says of values files: those of one release or of many.</summary>
/// <param name="Title">The title.</param>
/// <param name="GeneratedAt">When it was written.</param>
/// <param name="ModuleVersion">Version of the module that wrote it.</param>
/// <param name="Root">The current location: paths of files below it are relative to it.</param>
/// <param name="Releases">What was found, release by release.</param>
sealed record ValuesFleet(string Title, DateTimeOffset GeneratedAt, string ModuleVersion, string Root, IReadOnlyList<ValuesReport> Releases)
{
    /// <summary>The default title.</summary>
    public const string DefaultTitle = "Helm values for LangSmith";

    /// <summary>The verdict in a few words.</summary>
    public string Verdict => (Releases.Count, Releases.Count(release => !release.IsValid)) switch
    {
        (1, 0) => "The values are valid",
        (1, _) => "The values are not valid",
        (var all, 0) => $"The values of all {all} releases are valid",
        var (all, invalid) => $"The values of {invalid} of {all} releases are not valid",
    };

    /// <summary>The files of every release, also those without findings.</summary>
    public IReadOnlyList<FileFindings> Files => [.. Releases.SelectMany(FilesOf)];

    /// <summary>What needs attention, worst first.</summary>
    public IReadOnlyList<Issue> Issues =>
        [.. Files.SelectMany(file => file.Attention.Select(finding => Issue.Of(file.Path, finding))).OrderByDescending(issue => issue.Status)];

    IEnumerable<FileFindings> FilesOf(ValuesReport release) =>
        release.Paths.Concat(release.Findings.Select(finding => finding.Path)).Distinct(StringComparer.Ordinal).Select(path => new FileFindings(
            ShortPath.Of(path, Root), release, [.. release.Findings.Where(finding => finding.Path == path)]));
}

/// <summary>What was found in one file.</summary>
/// <param name="Path">Its path as it is written.</param>
/// <param name="Release">The report that it is of.</param>
/// <param name="Findings">What was found in it.</param>
sealed record FileFindings(string Path, ValuesReport Release, IReadOnlyList<ValuesFinding> Findings)
{
    /// <summary>The worst of the findings; a pass when there are none.</summary>
    public FindingStatus Status => Findings.Select(finding => finding.Status).Append(FindingStatus.Pass).Max();

    /// <summary>The verdict in a few words.</summary>
    public string Verdict => Status < FindingStatus.Fail ? "Valid" : "Not valid";

    /// <summary>What somebody should look at, worst first.</summary>
    public IEnumerable<ValuesFinding> Attention =>
        Findings.Where(finding => finding.Status > FindingStatus.Pass).OrderByDescending(finding => finding.Status);

    /// <summary>How many findings came out so.</summary>
    public int Count(FindingStatus status) => Findings.Count(finding => finding.Status == status);
}
