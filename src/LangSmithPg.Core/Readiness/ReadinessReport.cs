using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Findings;
using LangSmithPg.Servers;

namespace LangSmithPg.Readiness;

/// <summary>Everything that was found out about one database.</summary>
/// <param name="Connection">How LangSmith is to connect.</param>
/// <param name="Findings">The answers, in the order in which an admin wants to read them.</param>
/// <param name="Facts">What the server said, or null when there was no getting in.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record ReadinessReport(
    PgConnectionString Connection, IReadOnlyList<Finding> Findings, ServerFacts? Facts, TimeSpan Elapsed)
{
    /// <summary>The server and database, without secrets.</summary>
    public string Target => Connection.Target;

    /// <summary>The worst of the findings.</summary>
    public FindingStatus Status { get; } = Findings.Max(finding => finding.Status);

    /// <summary>Whether nothing stands in the way of <c>helm upgrade</c>. A database that could not be looked at is not known to be.</summary>
    public bool IsReady { get; } = Findings.All(finding => finding.Status < FindingStatus.Fail && !finding.LeavesAllOpen);

    /// <summary>What to do about the failures, each thing once, in order.</summary>
    public IReadOnlyList<string> Fixes =>
        Findings.Where(finding => finding.Status == FindingStatus.Fail).Select(finding => finding.Fix).OfType<string>().Distinct().ToArray();

    /// <inheritdoc/>
    public override string ToString() => $"{Target}: {Status}";
}
