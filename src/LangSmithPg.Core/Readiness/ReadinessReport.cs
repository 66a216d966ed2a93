using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Findings;
using LangSmithPg.Servers;

namespace LangSmithPg.Readiness;

/// <summary>Everything that was found out about one database, now or in a report that was read again.</summary>
public sealed record ReadinessReport
{
    FindingStatus? _status;
    bool? _isReady;

    /// <summary>The server and database, without secrets.</summary>
    public required string Target { get; init; }

    /// <summary>The findings, in the order in which an admin wants to read them.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>The role that logged in.</summary>
    public string? UserName { get; init; }

    /// <summary>The schema that LangSmith is to use.</summary>
    public string? Schema { get; init; }

    /// <summary>The server's version, such as <c>16.14</c>, or null when the login failed.</summary>
    public string? ServerVersion { get; init; }

    /// <summary>Who runs the server, or null when the login failed.</summary>
    public ServerProvider? Provider { get; init; }

    /// <summary>How long the checks took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>How LangSmith is to connect, or null in a report that was read again.</summary>
    public PgConnectionString? Connection { get; init; }

    /// <summary>What the server said, or null when the login failed and in a report that was read again.</summary>
    public ServerFacts? Facts { get; init; }

    /// <summary>The worst status of the findings, also of those that were left out. Unknown where nothing was found out.</summary>
    public FindingStatus Status
    {
        get => _status ?? Findings.Select(finding => finding.Status).DefaultIfEmpty(FindingStatus.Unknown).Max();
        init => _status = value;
    }

    /// <summary>Whether nothing stands in the way of <c>helm upgrade</c>. A database that could not be checked is not known to be ready.</summary>
    public bool IsReady
    {
        get => _isReady ?? (Findings.Count > 0 && Status < FindingStatus.Fail && !Findings.Any(finding => finding.LeavesAllOpen));
        init => _isReady = value;
    }

    /// <summary>What to do about the failures, each remedy once, in order.</summary>
    public IReadOnlyList<Remedy> Fixes =>
        Findings.Where(finding => finding.Status == FindingStatus.Fail).Select(finding => finding.Fix).OfType<Remedy>().Distinct().ToArray();

    /// <summary>Those of <see cref="Fixes"/> that are SQL, as one script. Empty where there are none.</summary>
    public string FixSql => string.Join('\n', Fixes.Where(fix => fix.Kind == RemedyKind.Sql).Select(fix => fix.Text));

    /// <summary>Sums up a check.</summary>
    /// <param name="connection">How LangSmith is to connect.</param>
    /// <param name="findings">All that was found.</param>
    /// <param name="facts">What the server said, or null when the login failed.</param>
    /// <param name="elapsed">How long it took.</param>
    internal static ReadinessReport Of(PgConnectionString connection, IReadOnlyList<Finding> findings, ServerFacts? facts, TimeSpan elapsed)
    {
        ReadinessReport report = new()
        {
            Target = connection.Target,
            Findings = findings,
            UserName = connection.UserName,
            Schema = connection.Schema,
            ServerVersion = facts?.Server.ShortVersion,
            Provider = facts?.Provider,
            Elapsed = elapsed,
            Connection = connection,
            Facts = facts,
        };
        // Findings that are left out later still count.
        return report with { Status = report.Status, IsReady = report.IsReady };
    }

    /// <summary>Returns how many findings have a status.</summary>
    /// <param name="status">The status.</param>
    public int Count(FindingStatus status) => Findings.Count(finding => finding.Status == status);

    /// <summary>What somebody should look at, worst first.</summary>
    internal IReadOnlyList<Finding> Attention =>
        [.. Findings.Where(finding => finding.Status > FindingStatus.Pass).OrderByDescending(finding => finding.Status)];

    /// <summary>What is as it should be, and what does not apply.</summary>
    internal IReadOnlyList<Finding> Quiet =>
        [.. Findings.Where(finding => finding.Status <= FindingStatus.Pass).OrderByDescending(finding => finding.Status)];

    /// <summary>An earlier one of the findings to look at that has the same fix, or null: one GRANT often solves several.</summary>
    internal Finding? SameFixBefore(Finding finding)
    {
        var first = Attention.FirstOrDefault(other => other.Fix == finding.Fix);
        return finding.Fix is null || ReferenceEquals(first, finding) ? null : first;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Target}: {Status}";
}
