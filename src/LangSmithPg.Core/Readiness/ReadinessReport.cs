using LangSmithPg.Clouds;
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
    StatusCounts? _counts;

    /// <summary>The server and database, without secrets.</summary>
    public required string Target { get; init; }

    /// <summary>The findings, in the order in which an admin wants to read them.</summary>
    public required IReadOnlyList<Finding> Findings { get; init => field = FindingCauses.Assign(value); }

    /// <summary>The role that logged in.</summary>
    public string? UserName { get; init; }

    /// <summary>The schema that LangSmith is to use.</summary>
    public string? Schema { get; init; }

    /// <summary>What the findings are about.</summary>
    public ReportKind Kind { get; init; }

    /// <summary>What the database is for.</summary>
    public DatabasePurpose Purpose { get; init; } = DatabasePurpose.LangSmith;

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

    /// <summary>The sizes that a later check of the health compares with its own; null where none were read.</summary>
    public DatabaseFigures? Figures { get; init; }

    // Whether it comes from the log of a preflight, which runs in a pod of the cluster.
    internal bool IsFromPreflight { get; init; }

    /// <summary>
    /// The worst status of the findings that are not accepted, also of those that were left out. Unknown where nothing was found out.
    /// </summary>
    public FindingStatus Status
    {
        get => _status ?? Findings.Where(finding => finding.Accepted is null).Select(finding => finding.Status).DefaultIfEmpty(FindingStatus.Unknown).Max();
        init => _status = value;
    }

    /// <summary>Whether nothing stands in the way of <c>helm upgrade</c>. A database that could not be checked is not known to be ready.</summary>
    public bool IsReady
    {
        get => _isReady ?? (Findings.Count > 0 && Status < FindingStatus.Fail && !Findings.Any(finding => finding.LeavesAllOpen));
        init => _isReady = value;
    }

    /// <summary>
    /// The verdict in a few words: <c>ready</c>, <c>ready, 1 accepted finding</c>, <c>not ready: 2 problems</c>, or <c>not known</c>; of a comparison
    /// <c>equal</c> and <c>not equal</c>, of a health check <c>healthy</c>, <c>healthy, 3 unknown</c> and <c>not healthy: 2 problems</c>.
    /// </summary>
    public string Verdict => this switch
    {
        { IsReady: true, AcceptedCount: 1 } => $"{Kind.Good()}, 1 accepted finding",
        { IsReady: true, AcceptedCount: > 0 } => $"{Kind.Good()}, {AcceptedCount} accepted findings",
        // What nobody knows is no good news of a server that runs.
        { IsReady: true, Kind: ReportKind.Health, UnknownCount: > 0 } => $"{Kind.Good()}, {UnknownCount} unknown",
        { IsReady: true } => Kind.Good(),
        { Status: not FindingStatus.Fail } and not { Findings.Count: 0 } => "not known",
        { Problems.Count: 0 } => $"not {Kind.Good()}",
        { Problems.Count: 1 } => $"not {Kind.Good()}: 1 problem",
        _ => $"not {Kind.Good()}: {Problems.Count} problems",
    };

    /// <summary>How many findings failed, also of those that were left out.</summary>
    public int FailCount => Counts.Fail;

    /// <summary>How many findings are warnings, also of those that were left out.</summary>
    public int WarningCount => Counts.Warning;

    /// <summary>How many findings are unknown, also of those that were left out.</summary>
    public int UnknownCount => Counts.Unknown;

    /// <summary>How many findings passed, also of those that were left out.</summary>
    public int PassCount => Counts.Pass;

    /// <summary>How many findings do not apply, also of those that were left out.</summary>
    public int NotApplicableCount => Counts.NotApplicable;

    /// <summary>How many findings are accepted as they are, also of those that were left out. They are in none of the other counts.</summary>
    public int AcceptedCount => Counts.Accepted;

    /// <summary>The failures that no other finding causes and that are not accepted: what somebody has to fix.</summary>
    public IReadOnlyList<Finding> Problems => Findings.Where(finding => finding is { IsFailure: true, CausedBy: null }).ToArray();

    /// <summary>
    /// What to look at first: the message of the first of <see cref="Problems"/>; of a database that is not ready without one, of the worst
    /// finding. Null where it is ready.
    /// </summary>
    public string? FirstProblem => IsReady ? null : (Problems.Count > 0 ? Problems[0] : Attention is [var worst, ..] ? worst : null)?.Message;

    /// <summary>What to do about the failures, each remedy once, in order.</summary>
    public IReadOnlyList<Remedy> Fixes =>
        Findings.Where(finding => finding.IsFailure).Select(finding => finding.Fix).OfType<Remedy>().Distinct().ToArray();

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
            Purpose = connection.Purpose,
            ServerVersion = facts?.Server.ShortVersion,
            Provider = facts?.Provider,
            Elapsed = elapsed,
            Connection = connection,
            Facts = facts,
        };
        // Findings that are left out later still count.
        return report with { Status = report.Status, IsReady = report.IsReady, Counts = report.Counts };
    }

    // The same database with findings that count anew.
    internal ReadinessReport WithFindings(IReadOnlyList<Finding> findings)
    {
        ReadinessReport anew = new()
        {
            Target = Target,
            Findings = findings.ToArray(),
            UserName = UserName,
            Schema = Schema,
            Kind = Kind,
            Purpose = Purpose,
            ServerVersion = ServerVersion,
            Provider = Provider,
            Elapsed = Elapsed,
            Connection = Connection,
            Facts = Facts,
            Figures = Figures,
            IsFromPreflight = IsFromPreflight,
        };
        return anew with { Status = anew.Status, IsReady = anew.IsReady, Counts = anew.Counts };
    }

    /// <summary>Returns how many findings have a status, without those that are accepted.</summary>
    /// <param name="status">The status.</param>
    public int Count(FindingStatus status) => Counts[status];

    /// <summary>How many findings have each status, also of those that were left out.</summary>
    internal StatusCounts Counts
    {
        get => _counts ?? StatusCounts.Of(Findings);
        init => _counts = value;
    }

    /// <summary>The statuses whose findings were left out, all or some.</summary>
    internal IReadOnlyList<FindingStatus> LeftOut =>
        [.. Enum.GetValues<FindingStatus>().Where(status => Counts[status] > Findings.Count(finding => finding.Accepted is null && finding.Status == status))];

    /// <summary>Whether nothing was found out but that the database cannot be looked at: a login that works is a pass.</summary>
    internal bool IsUnchecked => PassCount == 0 || Findings.Any(finding => finding is { Id: "Connection", Status: FindingStatus.Fail } or { LeavesAllOpen: true });

    /// <summary>What somebody should look at, worst first.</summary>
    internal IReadOnlyList<Finding> Attention =>
        [.. Findings.Where(finding => finding.Status > FindingStatus.Pass && finding.Accepted is null).OrderByDescending(finding => finding.Status)];

    /// <summary>What is accepted, worst first.</summary>
    internal IReadOnlyList<Finding> Accepted => [.. Findings.Where(finding => finding.Accepted is not null).OrderByDescending(finding => finding.Status)];

    /// <summary>What is as it should be, and what does not apply.</summary>
    internal IReadOnlyList<Finding> Quiet =>
        [.. Findings.Where(finding => finding.Status <= FindingStatus.Pass && finding.Accepted is null).OrderByDescending(finding => finding.Status)];

    /// <summary>The finding that causes this one, or null where it is a problem of its own.</summary>
    internal Finding? CauseOf(Finding finding) =>
        finding.CausedBy is { } id ? Findings.FirstOrDefault(other => other.Id == id) : null;

    /// <summary>The findings that this one causes.</summary>
    internal IEnumerable<Finding> ConsequencesOf(Finding finding) => Findings.Where(other => other.CausedBy == finding.Id);

    /// <summary>The target and the verdict.</summary>
    public override string ToString() => $"{Target}: {Verdict}";
}
