using LangSmithPg.Common;
using LangSmithPg.Readiness;

namespace LangSmithPg.Reports;

/// <summary>How the status of a finding is shown: never by color alone.</summary>
static class StatusWords
{
    /// <summary>All, worst first.</summary>
    public static readonly IReadOnlyList<FindingStatus> WorstFirst = [.. Enum.GetValues<FindingStatus>().OrderDescending()];

    public static string Name(this FindingStatus status) => status == FindingStatus.NotApplicable ? "Not applicable" : status.ToString();

    public static string ShortVerdict(this ReadinessReport database) => database switch
    {
        { IsReady: true } => Capital(database.Kind.Good()),
        { Status: FindingStatus.Fail } or { Findings.Count: 0 } => $"Not {database.Kind.Good()}",
        _ => "Not known",
    };

    static string Capital(string word) => $"{char.ToUpperInvariant(word[0])}{word[1..]}";
}
