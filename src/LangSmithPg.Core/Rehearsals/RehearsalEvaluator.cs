using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Extensions;
using LangSmithPg.Findings;
using LangSmithPg.Servers;

namespace LangSmithPg.Rehearsals;

/// <summary>Says what a rehearsal proved: the server's own answer, where rules can only conclude from privileges and lists.</summary>
static class RehearsalEvaluator
{
    /// <summary>Judges.</summary>
    /// <param name="input">What is known.</param>
    /// <param name="rehearsal">What came of the rehearsal.</param>
    /// <param name="ruled">What the rules found: a cause that they know has the same fix here.</param>
    public static IEnumerable<Finding> Evaluate(ReadinessInput input, Rehearsal rehearsal, IReadOnlyList<Finding> ruled)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(rehearsal);
        ArgumentNullException.ThrowIfNull(ruled);
        return rehearsal.Steps.Count == 0
            ? [Withheld(input, ruled)]
            : [.. rehearsal.Steps.Select(step => EvaluateStep(input, WithItsEnd(step, rehearsal), ruled)), OwnershipEvaluator.Evaluate(input, rehearsal, ruled)];
    }

    /// <summary>The id of a step's finding.</summary>
    internal static string IdOf(string step) => $"Rehearsal.{step}";

    /// <summary>A finding of a rehearsal, without its fix.</summary>
    internal static Finding Found(ReadinessInput input, string step, FindingStatus status, string message, string why) =>
        input.Finding(IdOf(step), status, message) with { Why = why };

    // The transaction is what the rest is done in: where the connection was cut, it came to no end.
    static RehearsalStep WithItsEnd(RehearsalStep step, Rehearsal rehearsal) => step is { Name: RehearsalPlan.Transaction, Error: null }
        ? step with { Error = Errors(rehearsal).FirstOrDefault(error => error?.Kind == ServerErrorKind.ConnectionLost) }
        : step;

    static IEnumerable<ServerError?> Errors(Rehearsal rehearsal) =>
        rehearsal.Steps.Select(step => step.Error).Concat(rehearsal.Ownership?.Select(probe => probe.Error) ?? [rehearsal.OwnershipError]);

    static Finding EvaluateStep(ReadinessInput input, RehearsalStep step, IReadOnlyList<Finding> ruled)
    {
        var role = input.Facts.Role.Name;
        var (status, message) = step switch
        {
            { BlockedBy: { } need } => (FindingStatus.Unknown, $"Not tried because {IdOf(need)} did not succeed."),
            { Name: RehearsalPlan.Transaction, Error: { Kind: ServerErrorKind.ConnectionLost } } => (
                FindingStatus.Fail, "The connection was lost during the rehearsal. The server rolls back: nothing was changed."),
            { Error: { } error } when error.ProvesNothing() => (FindingStatus.Unknown, $"Whether role {role} can {step.What} could not be determined: {error.Reason()}."),
            { Error: { } error } => (FindingStatus.Fail, $"Role {role} cannot {step.What}: {error.Reason()}."),
            { Name: RehearsalPlan.Transaction } => (FindingStatus.Pass, "The rehearsal ran in one transaction that was rolled back: nothing was changed."),
            _ => (FindingStatus.Pass, $"Role {role} can {step.What}."),
        };
        return Found(input, step.Name, status, message, "LangSmith's migrations do the same.") with
        {
            Evidence = step.Error?.ToString() ?? string.Join(";\n", step.Statements),
            Fix = step.Error is { } refusal ? Fix(input, step, refusal, ruled) : null,
            CausedBy = step.BlockedBy is { } blocker ? IdOf(blocker) : null,
        };
    }

    static Remedy Fix(ReadinessInput input, RehearsalStep step, ServerError error, IReadOnlyList<Finding> ruled)
    {
        if (step.Extension is { } extension)
        {
            return error.FixExtension(input, extension);
        }

        return error.Kind is ServerErrorKind.PermissionDenied or ServerErrorKind.SchemaMissing && ruled.FixOf("Schema.Create") is { } fix
            ? fix
            : error.Fix();
    }

    /// <summary>The fix of a failure that the rules found, or null.</summary>
    internal static Remedy? FixOf(this IReadOnlyList<Finding> ruled, string id) =>
        ruled.FirstOrDefault(finding => finding.Id == id && finding.Status == FindingStatus.Fail)?.Fix;

    static Finding Withheld(ReadinessInput input, IReadOnlyList<Finding> ruled)
    {
        if (input.Connection.Purpose != DatabasePurpose.LangSmith)
        {
            return Found(
                input, RehearsalPlan.Transaction, FindingStatus.NotApplicable, $"The rehearsal was not run: it runs what LangSmith's own migrations run, not those of {input.Requirements.Product}.",
                "The other databases of a release have migrations of their own.");
        }

        var server = input.Facts.Server;
        if (!server.InRecovery && !server.ReadOnlyByDefault)
        {
            return Exposed(input);
        }

        var why = server.InRecovery ? "the server is a standby" : "transactions are read-only by default";
        return Found(
            input, RehearsalPlan.Transaction, FindingStatus.Fail, $"The rehearsal was not run because {why}: LangSmith's migrations cannot write either.",
            "LangSmith's migrations write to the database.") with
        {
            Evidence = server.InRecovery ? "pg_is_in_recovery() = true" : "default_transaction_read_only = on",
            Fix = ruled.FixOf("Server.Writable"),
        };
    }

    static Finding Exposed(ReadinessInput input)
    {
        var (role, schema, creators) = (input.Facts.Role.Name, input.Facts.Schema.Name, input.Facts.Schema.OtherCreators);
        return Found(
            input, RehearsalPlan.Transaction, FindingStatus.Unknown,
            $"The rehearsal was not run: role {role} is an administrator, and {string.Join(", ", creators)} may create objects in schema {schema}.",
            "A rehearsal by an administrator could run code that other roles created in the schema.") with
        {
            Evidence = $"CREATE on schema {schema}: {string.Join(", ", creators)}",
            Fix = "Run the rehearsal as the role that LangSmith will use; or, if you trust the roles that can create objects there, use -Force.",
        };
    }
}
