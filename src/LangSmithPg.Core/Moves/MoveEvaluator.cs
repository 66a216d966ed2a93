using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;
using LangSmithPg.Servers;

namespace LangSmithPg.Moves;

/// <summary>Turns a look at both sides of a move into a report of the target.</summary>
static class MoveEvaluator
{
    /// <summary>What the ids of a move begin with.</summary>
    public const string Prefix = "Move.";

    /// <summary>Evaluates.</summary>
    /// <param name="source">The database that is moved.</param>
    /// <param name="target">The database that it is moved to.</param>
    /// <param name="today">The day for which support dates are evaluated.</param>
    /// <param name="size">What the admin knows of the target's size, or null.</param>
    public static ReadinessReport Evaluate(MoveLook source, MoveLook target, DateOnly today, DeclaredServerSize? size = null)
    {
        var own = ReadinessEvaluator.Evaluate(target.Observation, today, size);
        IReadOnlyList<Finding> findings =
        [
            .. own.Findings.Where(finding => finding.Id == "Connection" || finding.Status is FindingStatus.Fail or FindingStatus.Warning),
            SourceFinding(source, target),
            .. TargetFindings(target),
            .. Side(source) is { } from && Side(target) is { } to ? MoveRules.Evaluate(new(from, to)) : [],
        ];
        var elapsed = source.Observation.Elapsed > target.Observation.Elapsed ? source.Observation.Elapsed : target.Observation.Elapsed;
        return ReadinessReport.Of(target.Observation.Connection, findings, target.Observation.Facts, elapsed) with { Kind = ReportKind.Move };
    }

    static MoveSide? Side(MoveLook look) => look is { Observation: { Failure: null, Facts: { } server }, Facts: { } facts } ? new(look.Observation.Connection, server, facts) : null;

    static Finding SourceFinding(MoveLook source, MoveLook target)
    {
        var from = source.Observation.Connection.Target;
        var finding = new Finding
        {
            Id = "Move.Source",
            Status = FindingStatus.Pass,
            Target = target.Observation.Connection.Target,
            Message = $"User {source.Observation.Connection.UserName} logged in to the source, {from}.",
            Why = "The data is read from the source.",
        };
        return source switch
        {
            { Observation.Failure: { } failure } => finding with
            {
                Status = failure.Kind is ConnectionFailureKind.TlsNotCommon or ConnectionFailureKind.PasswordNotSupported ? FindingStatus.Unknown : FindingStatus.Fail,
                Message = $"The source {from} cannot be checked: {failure.Message}",
                Evidence = string.Join(' ', new[] { failure.SqlState, failure.Detail }.OfType<string>()),
                Fix = failure.Fix,
            },
            { Facts: null } => finding with { Status = FindingStatus.Fail, Message = $"The catalogs of the source {from} cannot be read." },
            _ => finding with { Evidence = $"PostgreSQL {source.Observation.Facts?.Server.ShortVersion}" },
        };
    }

    static IEnumerable<Finding> TargetFindings(MoveLook target) => target is { Observation.Failure: null, Facts: null }
        ? [new()
        {
            Id = "Move.Target",
            Status = FindingStatus.Fail,
            Target = target.Observation.Connection.Target,
            Message = "The catalogs of the target cannot be read.",
            Why = "Whether the target is empty is not known.",
        }]
        : [];
}
