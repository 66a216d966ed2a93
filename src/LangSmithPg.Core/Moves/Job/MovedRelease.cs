using LangSmithPg.Charts;

namespace LangSmithPg.Moves.Job;

/// <summary>A release whose databases are moved, as the commands around the job need it.</summary>
sealed record MovedRelease
{
    /// <summary>The version of the chart, or null where it is not known.</summary>
    public required ChartVersion? ChartVersion { get; init; }

    /// <summary>Name of the release.</summary>
    public required string ReleaseName { get; init; }

    /// <summary>The values files of the release as it is now, in the order of Helm's <c>-f</c>.</summary>
    public required IReadOnlyList<string> ValuesFiles { get; init => field = value.ToArray(); }

    /// <summary>The values files that lead LangSmith to the targets, in the same order.</summary>
    public required IReadOnlyList<string> TargetFiles { get; init => field = value.ToArray(); }

    /// <summary>The content of the target file that has to be written first; null where it is there.</summary>
    public string? TargetValues { get; init; }
}
