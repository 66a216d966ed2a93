using LangSmithPg.Connections;
using LangSmithPg.Extensions;
using LangSmithPg.Iam.Roles;
using LangSmithPg.Ownership;
using LangSmithPg.Servers;
using LangSmithPg.Sql;

namespace LangSmithPg.Initialization;

/// <summary>
/// Plans LangSmith's database. <c>CREATE DATABASE</c> comes first and leaves an empty database of the administrator's; all else, the role
/// included, is one transaction in it, so that what breaks off can be run again. The database is given to the role last: from PostgreSQL 16
/// on, whoever creates a role may grant it, but neither uses nor sets it. Source: PostgreSQL documentation, "Role Attributes".
/// </summary>
static class InitializationPlanner
{
    /// <summary>Plans.</summary>
    /// <param name="target">How the role is to connect to the database.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="look">What the administrator sees from the database that they are connected to.</param>
    /// <param name="inside">What they see in LangSmith's database, or null when it does not exist.</param>
    public static InitializationPlan Plan(PgConnectionString target, InitializationRequest request, InitializationLook look, InitializationLook? inside)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(look);
        var write = new InitializationStatements(request);
        var (login, problem) = request.Identity is { } identity ? IamRolePlanner.Login(request.Database, identity, look.Identity!, look.Functions) : ([], null);
        var steps = Steps(request, look, inside, write, login.Where(step => step.Database == request.Database)).ToList();
        var plan = new InitializationPlan(
            target.Target, request, look.Facts.Database is null ? new(write.CreateDatabase(look.Facts)) : null, steps,
            [.. InitializationProblems.Of(target, request, look, inside, steps.Exists(step => step.ChangesRole))])
        {
            Login = [.. login.Where(step => step.Database != request.Database).Select(step => new InitializationStep(step.Statement) { Database = step.Database })],
            IdentityProblem = problem,
        };
        return plan.IsPossible ? plan : plan with { Login = [], CreateDatabase = null, Steps = [] };
    }

    static IEnumerable<InitializationStep> Steps(
        InitializationRequest request, InitializationLook look, InitializationLook? inside, InitializationStatements write, IEnumerable<IamRoleStep> login)
    {
        var facts = look.Facts;
        if (request.Identity is not null)
        {
            foreach (var step in login)
            {
                yield return new(step.Statement) { ChangesRole = true };
            }
        }
        else if (facts.Role is null || request.ReplacesPassword)
        {
            yield return new(facts.Role is null ? write.CreateRole : write.AlterRole) { SetsPassword = true, ChangesRole = true };
        }
        else if (!facts.Role.CanLogIn)
        {
            yield return new(write.AlterRole) { ChangesRole = true };
        }

        // Not before the role exists, and in the transaction only.
        List<string> inDatabase = [.. InDatabase(request, facts, inside, write)];
        var joins = inDatabase.Count > 0 && !OnlyGrants(request, facts) && NeedsMembership(request, look);
        var (caller, major) = (look.Server.Role.Name, look.Server.Server.Major);
        if (joins)
        {
            yield return new(OwnershipStatements.GrantMembership(request.RoleName, caller, major)) { ChangesRole = true };
        }

        foreach (var statement in inDatabase)
        {
            yield return new(statement);
        }

        if (joins)
        {
            yield return new(OwnershipStatements.RevokeOwnGrant(request.RoleName, caller)) { ChangesRole = true };
        }

        foreach (var statement in Settings(request, look, write))
        {
            yield return new(statement) { ChangesRole = request.OwnsDatabase };
        }
    }

    // A database that the role owns already stays its own.
    static bool OnlyGrants(InitializationRequest request, InitializationFacts facts) => !request.OwnsDatabase && facts.Database?.Owner != request.RoleName;

    static IEnumerable<string> InDatabase(InitializationRequest request, InitializationFacts facts, InitializationLook? inside, InitializationStatements write)
    {
        var onlyGrants = OnlyGrants(request, facts);
        var changesOwner = !onlyGrants && facts.Database?.Owner != request.RoleName;
        if (!changesOwner && facts.Role is not { CanConnect: true, CanCreate: true, CanCreateTemporary: true })
        {
            yield return write.GrantDatabase;
        }

        // A new database has the schema public, which belongs to its owner; before PostgreSQL 15, everybody may create in it.
        if (!(inside?.Facts.SchemaExists ?? request.Schema == PgConnectionString.DefaultSchema))
        {
            yield return onlyGrants ? write.CreateOwnSchema : write.CreateSchema;
            if (onlyGrants)
            {
                yield return write.GrantSchema;
            }
        }
        else if (onlyGrants && inside is null)
        {
            yield return write.GrantSchema;
        }
        else if (inside is { Facts: { CanUseSchema: false } here } && !(changesOwner && here.SchemaFollowsDatabase))
        {
            yield return write.GrantSchema;
        }

        foreach (var name in inside is null ? request.Extensions : ExtensionInstallations.Missing(inside.Server).Where(request.Extensions.Contains))
        {
            yield return ExtensionInstallations.Statement(name, request.Schema);
        }

        if (changesOwner)
        {
            yield return write.AlterOwner;
        }
    }

    // What is set for a role in a database comes before all else.
    static IEnumerable<string> Settings(InitializationRequest request, InitializationLook look, InitializationStatements write)
    {
        var known = look.Facts.RoleSettings.Concat(request.OwnsDatabase ? [] : look.Facts.DatabaseSettings).Select(setting => new SettingOverride(request.RoleName, request.Database, setting)).ToLookup(one => one.Name, one => one.Value);
        IEnumerable<string> limits = look.Server.Server.Major < InitializationStatements.FirstMajorWithTransactionTimeout
            ? InitializationStatements.TimeLimits
            : [.. InitializationStatements.TimeLimits, InitializationStatements.TransactionTimeout];
        foreach (var limit in limits.Where(limit => !known[limit].Contains("0")))
        {
            yield return write.SetNoLimit(limit);
        }

        if (request.Schema != PgConnectionString.DefaultSchema && !known["search_path"].Any(path => path == request.Schema || path == SqlIdentifier.Quote(request.Schema)))
        {
            yield return write.SetSearchPath;
        }
    }

    // A role that whoever looks creates is theirs as far as createrole_self_grant says.
    static bool NeedsMembership(InitializationRequest request, InitializationLook look) => !look.Server.Role.IsSuperuser && look.Facts switch
    {
        // To RDS a member of a member is a member: what the server grants by itself is taken back as well.
        { Role: null } when request.Identity is not null => true,
        { Role: { } role } => !role.CanUse || !role.CanSet,
        var facts => !(facts.SelfGrant.Contains("set", StringComparison.OrdinalIgnoreCase) && facts.SelfGrant.Contains("inherit", StringComparison.OrdinalIgnoreCase)),
    };
}
