using LangSmithPg.Common;
using LangSmithPg.Findings;

namespace LangSmithPg.Readiness;

/// <summary>Tells the findings that are problems of their own from those that another one causes: one missing GRANT often shows in a dozen checks.</summary>
static class FindingCauses
{
    /// <summary>Returns the findings, each with its cause. A cause is a problem of its own; there are no chains.</summary>
    /// <param name="findings">The findings of one database, in their order.</param>
    public static IReadOnlyList<Finding> Assign(IReadOnlyList<Finding> findings)
    {
        Dictionary<Remedy, Finding> first = [];
        foreach (var finding in WorstFirst(findings).Where(finding => finding is { Fix: not null, CausedBy: null }))
        {
            first.TryAdd(finding.Fix!, finding);
        }

        var direct = WorstFirst(findings).ToLookup(finding => finding.Id, Direct, StringComparer.Ordinal);
        return findings.Select(finding => Root(finding) is var cause && cause == finding.CausedBy ? finding : finding with { CausedBy = cause }).ToArray();

        string? Direct(Finding finding) =>
            finding.CausedBy ?? (finding.Fix is { } fix && first.TryGetValue(fix, out var other) && other.Id != finding.Id ? other.Id : null);

        string? Root(Finding finding)
        {
            if (finding.Status <= FindingStatus.Pass || finding.Accepted is not null)
            {
                return null;
            }

            // What was read from a file may point in a circle, or to a finding that is not there: it must not hide what failed.
            var cause = Direct(finding);
            for (var step = 0; cause is not null && step < findings.Count; step++)
            {
                if (!direct.Contains(cause))
                {
                    return null;
                }

                if (direct[cause].First() is not { } next)
                {
                    return cause;
                }

                cause = next;
            }

            return null;
        }
    }

    // What is accepted causes nothing that counts.
    static IEnumerable<Finding> WorstFirst(IEnumerable<Finding> findings) =>
        findings.Where(finding => finding.Status > FindingStatus.Pass && finding.Accepted is null).OrderByDescending(finding => finding.Status);
}
