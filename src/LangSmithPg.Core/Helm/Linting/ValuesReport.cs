using LangSmithPg.Charts;
using LangSmithPg.Common;

namespace LangSmithPg.Helm.Linting;

/// <summary>What was found in the values files of one release.</summary>
/// <param name="Paths">Full paths of the files, in the order of Helm's <c>-f</c>.</param>
/// <param name="ChartVersion">The version of the chart that was asked about; null when the chart did not say.</param>
/// <param name="Findings">What was found, file by file in the order of the lines.</param>
public sealed record ValuesReport(IReadOnlyList<string> Paths, ChartVersion? ChartVersion, IReadOnlyList<ValuesFinding> Findings)
{
    /// <summary>The known version that was used in place of <see cref="ChartVersion"/>; null where that one is known, or the chart itself was read.</summary>
    public ChartVersion? TakenFor { get; init; }

    /// <summary>The findings that -Fix has fixed; null where it was not asked to.</summary>
    public IReadOnlyList<ValuesFinding>? Fixed { get; init; }

    /// <summary>The worst of the findings; a pass when there are none.</summary>
    public FindingStatus Status => Findings.Select(finding => finding.Status).Append(FindingStatus.Pass).Max();

    /// <summary>Whether no finding prevents LangSmith from using its PostgreSQL.</summary>
    public bool IsValid => Status < FindingStatus.Fail;

    /// <inheritdoc/>
    public override string ToString() => $"{string.Join(", ", Paths)}: {Status}";
}
