using LangSmithPg.Common;
using LangSmithPg.Findings;

namespace LangSmithPg.Readiness;

/// <summary>How many findings have each status, without those that are accepted.</summary>
sealed record StatusCounts(int Fail, int Warning, int Unknown, int Pass, int NotApplicable, int Accepted = 0)
{
    /// <summary>Counts findings.</summary>
    public static StatusCounts Of(IReadOnlyList<Finding> findings)
    {
        return new(Count(FindingStatus.Fail), Count(FindingStatus.Warning), Count(FindingStatus.Unknown), Count(FindingStatus.Pass), Count(FindingStatus.NotApplicable),
            findings.Count(finding => finding.Accepted is not null));

        int Count(FindingStatus status) => findings.Count(finding => finding.Accepted is null && finding.Status == status);
    }

    /// <summary>How many have this status.</summary>
    public int this[FindingStatus status] => status switch
    {
        FindingStatus.Fail => Fail,
        FindingStatus.Warning => Warning,
        FindingStatus.Unknown => Unknown,
        FindingStatus.Pass => Pass,
        _ => NotApplicable,
    };
}
