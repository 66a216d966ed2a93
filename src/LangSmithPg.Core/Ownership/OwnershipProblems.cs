using LangSmithPg.Clouds;
using LangSmithPg.Common;
using LangSmithPg.Servers;
using LangSmithPg.Sql;

namespace LangSmithPg.Ownership;

/// <summary>Finds what keeps ownership from changing hands. Sources of the rules: PostgreSQL documentation, ALTER TABLE and REASSIGN OWNED.</summary>
static class OwnershipProblems
{
    /// <summary>The clouds' own roles, and the groups that their admins are in.</summary>
    public static readonly IReadOnlyList<string> CloudRoles =
    [
        "alloydbadmin", "alloydbsuperuser", "azure_pg_admin", "azuresu", "cloudsqladmin", "cloudsqlagent", "cloudsqliamserviceaccount",
        "cloudsqliamuser", "cloudsqlsuperuser", "neon_superuser", "rds_iam", "rds_superuser", "rdsadmin", "replication", "supabase_admin",
    ];

    public static IEnumerable<OwnershipProblem> OfRoles(OwnershipRequest request, OwnershipFacts facts)
    {
        if (request.From == request.To)
        {
            yield return new(OwnershipProblemKind.SameRole, $"Role {request.From} cannot transfer ownership to itself.", "Specify the new owner with -To.");
            yield break;
        }

        foreach (var (role, name) in new[] { (facts.From, request.From), (facts.To, request.To) })
        {
            if (role is null)
            {
                yield return new(
                    OwnershipProblemKind.RoleMissing, $"Role {name} does not exist. Names are case-sensitive.",
                    name == request.To ? "Create it first (New-LangSmithPgIamRole), or correct the name." : "Find the owner of LangSmith's tables with Test-LangSmithPgReadiness.");
            }
            else if (role.IsBuiltIn || CloudRoles.Contains(name, StringComparer.Ordinal))
            {
                yield return new(
                    OwnershipProblemKind.SystemRole, $"Role {name} belongs to the server or the cloud, and the server may depend on what it owns.",
                    name == request.From
                        ? $"Move LangSmith's own objects one by one, as that role: ALTER TABLE … OWNER TO {SqlIdentifier.Quote(request.To)};"
                        : "Specify a role that only LangSmith uses.");
            }
        }
    }

    public static IEnumerable<OwnershipProblem> OfCaller(
        OwnershipRequest request, OwnershipFacts facts, ServerFacts server, bool movesSchema, bool needsNewPrivileges)
    {
        var (caller, major) = (server.Role.Name, server.Server.Major);
        if (facts.From is { CanUse: false })
        {
            yield return new(
                OwnershipProblemKind.NotOldOwner, $"Role {caller} does not inherit the privileges of {request.From}.",
                caller == request.To || facts.To is { CanSet: false } ? AsNewOwner(request, major) : GrantTo(caller, request.From, major));
        }

        if (facts.To is { } to && (!to.CanSet || (needsNewPrivileges && !to.CanUse)) && !CanGrantMembership(request, facts, major))
        {
            yield return new(
                OwnershipProblemKind.NotNewOwner, $"Role {caller} may not act as {request.To}.",
                to.IsRdsIam || server.Provider != ServerProvider.Unknown ? AsNewOwner(request, major) : GrantTo(caller, request.To, major));
        }

        if (movesSchema && !server.Database.CanCreate)
        {
            yield return new(
                OwnershipProblemKind.DatabaseClosed, $"Role {caller} may not create schemas in database {server.Database.Name}, so it cannot transfer one.",
                Remedy.Sql($"GRANT CREATE ON DATABASE {SqlIdentifier.Quote(server.Database.Name)} TO {SqlIdentifier.Quote(caller)}; -- as the owner of the database"));
        }
    }

    /// <summary>Whether whoever runs the transfer can grant itself membership in the new owner, within the transaction.</summary>
    public static bool CanGrantMembership(OwnershipRequest request, OwnershipFacts facts, int major) =>
        // In batches, one that fails would leave it granted.
        request.BatchSize is null && major >= OwnershipStatements.FirstMajorWithGrantOptions && facts is { From.CanUse: true, To.CanAdmin: true };

    public static OwnershipProblem Closed(string schema, string to) => new(
        OwnershipProblemKind.SchemaClosed, $"Role {to} may not create in schema {schema}, so it cannot own objects in it.",
        Remedy.Sql($"GRANT USAGE, CREATE ON SCHEMA {SqlIdentifier.Quote(schema)} TO {SqlIdentifier.Quote(to)}; -- as the owner of the schema"));

    public static IEnumerable<OwnershipProblem> OfLocks(OwnershipPlan plan, OwnershipFacts facts)
    {
        if (plan.Locks <= plan.LockLimit)
        {
            yield break;
        }

        const int roundTo = 64;
        var needed = ((plan.Locks * 5L / 4 / Math.Max(1, facts.MaxTransactions) / roundTo) + 1) * roundTo;
        var batch = Math.Max(1, plan.LockLimit / plan.Steps.Max(step => step.Locks));
        yield return new(
            OwnershipProblemKind.TooManyLocks,
            $"One transaction would take {plan.Locks} locks, but the server allows only {plan.LockLimit}.",
            $"Set max_locks_per_transaction to {needed} (now {facts.MaxLocksPerTransaction}) and restart the server; or use several transactions, each of which is all or nothing"
            + $" and can be continued where one fails: -BatchSize {batch}");
    }

    static Remedy GrantTo(string caller, string role, int major) => Remedy.Sql(
        OwnershipStatements.Grant(role, caller, major)
        + $" {SqlComment.Of($"as a superuser, or {WhoGrants(role, major)}; afterwards: {OwnershipStatements.Revoke(role, caller)}")}");

    // Nobody becomes a member of the new role: on RDS that would end the admin's own login by password.
    static Remedy AsNewOwner(OwnershipRequest request, int major) => Remedy.Sql(
        $"{OwnershipStatements.Grant(request.From, request.To, major)} {SqlComment.Of($"as {WhoGrants(request.From, major)}")}\n"
        + $"{SqlComment.Of($"Then run this again, logged in as {request.To} (-AccessToken); and afterwards:")}\n"
        + OwnershipStatements.Revoke(request.From, request.To));

    static string WhoGrants(string role, int major) =>
        major >= 16 ? $"a role with ADMIN OPTION on {role}" : "a role with CREATEROLE";
}
