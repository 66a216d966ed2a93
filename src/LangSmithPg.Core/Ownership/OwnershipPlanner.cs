using LangSmithPg.Connections;
using LangSmithPg.Servers;
using LangSmithPg.Sql;

namespace LangSmithPg.Ownership;

/// <summary>
/// Plans a transfer. Every object is moved by a statement of its own. <c>REASSIGN OWNED</c> reaches over the whole server: it is used
/// for what nothing else moves (extensions; the database, without CREATEDB), and only where it can move nothing else.
/// </summary>
public static class OwnershipPlanner
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
        List<DefaultPrivilege> defaults = [.. facts.DefaultPrivileges.Where(one => IsInScope(one.Schema))];
        var database = new OwnedObject("database", Schema: null, SqlIdentifier.Quote(server.Database.Name), Bytes: 0, Locks: 1);
        var isSystem = server.Database.Name is "postgres" or "template0" or "template1";

        List<OwnedObject> held = [.. inScope[true].Where(OwnershipStatements.IsExtension), .. facts.OwnsDatabase && !isSystem ? [database] : Array.Empty<OwnedObject>()];
        List<string> alsoReassigned = [.. facts.SharedObjects, .. inScope[false].Select(one => one.ToString()), .. facts.OwnsDatabase && isSystem ? [database.ToString()] : Array.Empty<string>()];
        var reassigns = held.Count > 0 && alsoReassigned.Count == 0;
        List<OwnedObject> alone = [.. OwnershipStatements.InOrder(inScope[true].Where(one => !OwnershipStatements.IsExtension(one)))];
        if (!reassigns && (server.Role.IsSuperuser || server.Role.CanCreateDatabase) && held.Remove(database))
        {
            alone.Add(database);
        }

        plan = plan with
        {
            Objects = reassigns ? [.. alone, .. held] : alone,
            Steps =
            [
                .. alone.Select(one => new OwnershipStep(OwnershipStatements.Alter(one, request.To), one.Locks)),
                .. defaults.Select(one => new OwnershipStep(one.Statement(request.To), Locks: 1)),
                .. reassigns ? [new OwnershipStep(OwnershipStatements.Reassign(request), held.Count)] : Array.Empty<OwnershipStep>(),
            ],
            Remarks = [.. OwnershipRemarks.Of(plan, server, facts, [.. inScope[false]], reassigns ? [] : held, alsoReassigned)],
        };
        if (plan.IsEmpty)
        {
            return plan;
        }

        var moved = alone.Where(one => one.Kind == "schema").Select(one => one.Schema).ToHashSet();
        return plan with
        {
            Problems =
            [
                .. OwnershipProblems.OfCaller(request, facts, server, moved.Count > 0, needsNewPrivileges: reassigns || defaults.Count > 0),
                .. facts.ClosedSchemas.Where(schema => IsInScope(schema) && !moved.Contains(schema)).Select(schema => OwnershipProblems.Closed(schema, request.To)),
                .. OwnershipProblems.OfLocks(plan, facts),
            ],
        };

        bool IsInScope(string? schema) => request.AllSchemas || schema is null || schema == plan.Schema;
    }
}
