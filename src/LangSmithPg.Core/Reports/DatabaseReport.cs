using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;
using LangSmithPg.Servers;

namespace LangSmithPg.Reports;

/// <summary>What a written report says of one database.</summary>
public sealed record DatabaseReport
{
    FindingStatus? _status;
    bool? _isReady;

    /// <summary>The server and database, without secrets.</summary>
    public required string Target { get; init; }

    /// <summary>The answers, in the order in which they were found.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>The role that looked.</summary>
    public string? UserName { get; init; }

    /// <summary>The schema that LangSmith is to use.</summary>
    public string? Schema { get; init; }

    /// <summary>The server's version, such as <c>16.14</c>, or null when there was no getting in.</summary>
    public string? ServerVersion { get; init; }

    /// <summary>Who runs the server, or null when there was no getting in.</summary>
    public ServerProvider? Provider { get; init; }

    /// <summary>How long the look took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The worst of the findings, also of those that were left out. A database of which nothing was found out is an unknown one.</summary>
    public FindingStatus Status
    {
        get => _status ?? Findings.Select(finding => finding.Status).DefaultIfEmpty(FindingStatus.Unknown).Max();
        init => _status = value;
    }

    /// <summary>Whether nothing stands in the way of <c>helm upgrade</c>. A database that could not be looked at is not known to be.</summary>
    public bool IsReady
    {
        get => _isReady ?? (Findings.Count > 0 && Status < FindingStatus.Fail && !Findings.Any(finding => finding.LeavesAllOpen));
        init => _isReady = value;
    }

    /// <summary>What to do about the failures, each thing once, in order.</summary>
    public IReadOnlyList<string> Fixes =>
        Findings.Where(finding => finding.Status == FindingStatus.Fail).Select(finding => finding.Fix).OfType<string>().Distinct().ToArray();

    /// <summary>Takes from a report what is written.</summary>
    /// <param name="report">The report.</param>
    public static DatabaseReport From(ReadinessReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new()
        {
            Target = report.Target,
            Findings = report.Findings,
            UserName = report.Connection.UserName,
            Schema = report.Connection.Schema,
            ServerVersion = report.Facts?.Server.ShortVersion,
            Provider = report.Facts?.Provider,
            Elapsed = report.Elapsed,
            Status = report.Status,
            IsReady = report.IsReady,
        };
    }

    /// <summary>How many findings came out so.</summary>
    /// <param name="status">How they came out.</param>
    public int Count(FindingStatus status) => Findings.Count(finding => finding.Status == status);

    /// <summary>What somebody should look at, worst first.</summary>
    internal IReadOnlyList<Finding> Attention =>
        [.. Findings.Where(finding => finding.Status > FindingStatus.Pass).OrderByDescending(finding => finding.Status)];

    /// <summary>What is as it should be, and what does not arise.</summary>
    internal IReadOnlyList<Finding> Quiet =>
        [.. Findings.Where(finding => finding.Status <= FindingStatus.Pass).OrderByDescending(finding => finding.Status)];

    /// <summary>An earlier one of the findings to look at that has the same fix, or null: one GRANT often mends several.</summary>
    internal Finding? SameFixBefore(Finding finding)
    {
        var first = Attention.FirstOrDefault(other => other.Fix == finding.Fix);
        return finding.Fix is null || ReferenceEquals(first, finding) ? null : first;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Target}: {Status}";
}
