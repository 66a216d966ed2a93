using LangSmithPg.Connections;
using LangSmithPg.Servers;
using LangSmithPg.Sql;

namespace LangSmithPg.Ownership;

/// <summary>
/// Plans a transfer. Every object is moved by a statement of its own. <c>REASSIGN OWNED</c> reaches over the whole server: it is used
/// for what nothing else moves (extensions; the database, without CREATEDB), and only where it can move nothing else.
/// </summary>
static class OwnershipPlanner
{
    /// <summary>Plans.</summary>
    /// <param name="connection">The connection that looked.</param>
    /// <param name="request">What is to change hands.</param>
    /// <param name="server">What the server says of itself and of whoever looked.</param>
    /// <param name="facts">What the server says of the two roles.</param>
    public static OwnershipPlan Plan(PgConnectionString connection, OwnershipRequest request, ServerFacts server, OwnershipFacts facts)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(facts);
        var plan = new OwnershipPlan
        {
            Target = connection.Target,
            From = request.From,
            To = request.To,
            Caller = server.Role.Name,
            Schema = connection.Schema,
            Objects = [],
            Steps = [],
            BatchSize = request.BatchSize,
            Problems = [.. OwnershipProblems.OfRoles(request, facts)],
            // In this order, as the product of the first two may be beyond an int.
            LockLimit = (int)Math.Min(int.MaxValue, (long)facts.MaxLocksPerTransaction * facts.MaxTransactions / 5 * 4),
        };
        return plan.Problems.Count > 0 ? plan : WithSteps(plan, request, server, facts);
    }

    static OwnershipPlan WithSteps(OwnershipPlan plan, OwnershipRequest request, ServerFacts server, OwnershipFacts facts)
    {
        var inScope = facts.Objects.ToLookup(one => IsInScope(one.Schema));
        var database = new OwnedObject("database", Schema: null, SqlIdentifier.Quote(server.Database.Name), Bytes: 0, Locks: 1);
        var isForAll = server.Database.Name is "postgres" or "template0" or "template1";
        var altersDatabase = facts.OwnsDatabase && !isForAll && (server.Role.IsSuperuser || server.Role.CanCreateDatabase);
        List<OwnedObject> altered = [.. inScope[true].Where(one => !OwnershipStatements.IsExtension(one))];
        List<OwnedObject> special = [.. inScope[true].Where(OwnershipStatements.IsExtension)];
        if (facts.OwnsDatabase && !isForAll)
        {
            (altersDatabase ? altered : special).Add(database);
        }

        var reassigns = special.Count > 0 && facts is { SharedObjects.Count: 0, From.IsAdmin: false } && !inScope[false].Any() && !(facts.OwnsDatabase && isForAll);
        var defaults = facts.DefaultPrivileges.Where(one => IsInScope(one.Schema)).ToList();
        altered = [.. OwnershipStatements.InOrder(altered)];
        var grantsMembership = altered.Count + defaults.Count + (reassigns ? 1 : 0) > 0 && facts.To is { CanSet: false } && OwnershipProblems.CanGrantMembership(request, facts, server.Server.Major);
        plan = plan with
        {
            GrantsMembership = grantsMembership,
            Objects = reassigns ? [.. altered, .. special] : altered,
            Steps =
            [
                .. grantsMembership ? [new OwnershipStep(OwnershipStatements.GrantMembership(request.To, server.Role.Name, server.Server.Major), Locks: 1)] : Array.Empty<OwnershipStep>(),
                .. altered.Select(one => new OwnershipStep(OwnershipStatements.Alter(one, request.To), one.Locks)),
                .. defaults.Select(one => new OwnershipStep(one.Statement(request.To), Locks: 1)),
                .. reassigns ? [new OwnershipStep(OwnershipStatements.Reassign(request), special.Count)] : Array.Empty<OwnershipStep>(),
                .. grantsMembership ? [new OwnershipStep(OwnershipStatements.RevokeOwnGrant(request.To, server.Role.Name), Locks: 1)] : Array.Empty<OwnershipStep>(),
            ],
            Remarks = [.. OwnershipRemarks.Of(plan, server, facts, [.. inScope[false]], reassigns ? [] : special)],
        };
        if (plan.IsEmpty)
        {
            return plan;
        }

        var opened = altered.Where(one => one.Kind == "schema").Select(one => one.Schema).ToHashSet();
        var closed = facts.ClosedSchemas.Where(schema => IsInScope(schema.Name) && !opened.Contains(schema.Name) && !(schema.FollowsDatabase && altersDatabase));
        return plan with
        {
            Problems =
            [
                // What is in a schema is out of reach for the old owner as soon as the schema has the new one.
                .. OwnershipProblems.OfCaller(request, facts, server, opened.Count > 0, needsNewPrivileges: opened.Count > 0 || defaults.Count > 0 || reassigns),
                .. closed.Select(schema => OwnershipProblems.Closed(schema.Name, request.To)),
                .. OwnershipProblems.OfLocks(plan, facts),
            ],
        };

        bool IsInScope(string? schema) => request.AllSchemas || schema is null || schema == plan.Schema;
    }
}
