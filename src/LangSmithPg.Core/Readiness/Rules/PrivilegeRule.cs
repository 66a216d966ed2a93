using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Ownership;
using LangSmithPg.Servers;
using LangSmithPg.Sql;

namespace LangSmithPg.Readiness.Rules;

/// <summary>Whether the role may do in the database and the schema what LangSmith's migrations do.</summary>
sealed class PrivilegeRule : IReadinessRule
{
    public IEnumerable<Finding> Evaluate(ReadinessInput input)
    {
        var (database, role, schema) = (input.Facts.Database, input.Facts.Role, input.Facts.Schema);
        var (quotedDatabase, quotedRole) = (SqlIdentifier.Quote(database.Name), SqlIdentifier.Quote(role.Name));

        // Where all is there already, nothing is to be created at that level.
        var isNeeded = !schema.Exists || input.Facts.Extensions.Any(extension => extension.InstalledVersion is null);
        yield return Privilege(
            input, "Database.Create", database.CanCreate, $"create schemas and extensions in database {database.Name}",
            "The migrations create extensions, and the schema where it is missing.",
            Remedy.Sql($"GRANT CREATE ON DATABASE {quotedDatabase} TO {quotedRole};"), isNeeded ? FindingStatus.Fail : FindingStatus.Warning);
        yield return Privilege(
            input, "Database.Temporary", database.CanCreateTemporary, $"create temporary tables in database {database.Name}",
            "Migrations may need temporary tables.", Remedy.Sql($"GRANT TEMPORARY ON DATABASE {quotedDatabase} TO {quotedRole};"));
        yield return schema.Exists ? EvaluateSchema(input, quotedRole) : EvaluateMissingSchema(input, quotedDatabase, quotedRole);
        if (schema.Exists)
        {
            yield return EvaluateOwnership(input);
        }
    }

    static Finding EvaluateSchema(ReadinessInput input, string quotedRole)
    {
        var (database, schema) = (input.Facts.Database, input.Facts.Schema);

        // From PostgreSQL 15 on, the schema public belongs to the owner of the database: owning it is the lasting way.
        var owned = schema.Owner == "pg_database_owner"
            ? $"\n{SqlComment.Of($"or, as a superuser or the owner: ALTER DATABASE {SqlIdentifier.Quote(database.Name)} OWNER TO {quotedRole};")}"
            : "";
        return Privilege(
            input, "Schema.Create", schema.CanUse && schema.CanCreate, $"create objects in schema {schema.Name}",
            $"Every table of {input.Requirements.Product} is created there.",
            Remedy.Sql($"GRANT USAGE, CREATE ON SCHEMA {SqlIdentifier.Quote(schema.Name)} TO {quotedRole};{owned}"));
    }

    static Finding EvaluateMissingSchema(ReadinessInput input, string quotedDatabase, string quotedRole)
    {
        var schema = input.Facts.Schema;
        var may = input.Facts.Database.CanCreate;
        var create = $"CREATE SCHEMA {SqlIdentifier.Quote(schema.Name)} AUTHORIZATION {quotedRole};";
        return new()
        {
            Id = "Schema.Create",
            Status = may ? FindingStatus.Warning : FindingStatus.Fail,
            Target = input.Target,
            Message = may
                ? $"Schema {schema.Name} does not exist yet; role {input.Facts.Role.Name} can create it."
                : $"Schema {schema.Name} does not exist and role {input.Facts.Role.Name} cannot create it.",
            Why = $"Every table of {input.Requirements.Product} is created there.",
            Fix = Remedy.Sql(may ? create : $"{create}\n{SqlComment.Of($"or: GRANT CREATE ON DATABASE {quotedDatabase} TO {quotedRole};")}"),
            Source = input.Requirements.Documentation,
        };
    }

    static Finding EvaluateOwnership(ReadinessInput input)
    {
        var (role, schema) = (input.Facts.Role, input.Facts.Schema);
        List<OwnedObjects> foreign = role.IsSuperuser ? [] : [.. schema.Objects.Where(objects => !objects.IsOwner)];
        var total = schema.Objects.Sum(objects => objects.Count);
        return new()
        {
            Id = "Schema.Ownership",
            Status = total == 0 ? FindingStatus.NotApplicable : foreign.Count == 0 ? FindingStatus.Pass : FindingStatus.Fail,
            Target = input.Target,
            Message = total == 0
                ? $"Schema {schema.Name} has no tables yet."
                : foreign.Count == 0
                    ? $"Role {role.Name} owns all {total} objects in schema {schema.Name}."
                    : $"Role {role.Name} does not own {foreign.Sum(objects => objects.Count)} of {total} objects in schema {schema.Name}.",
            Evidence = total == 0 ? null : string.Join(", ", schema.Objects.Select(objects => $"{objects.Owner}: {objects.Count}")),
            Why = "Only an owner may ALTER a table, a type or a function: the next migration fails even if every privilege is granted.",
            Fix = foreign.Count == 0
                ? null
                : Remedy.Sql(string.Join('\n', foreign.Select(objects => FixOwner(input.Facts, objects)))),
            Source = input.Requirements.Documentation,
        };
    }

    static string FixOwner(ServerFacts facts, OwnedObjects objects)
    {
        var (owner, role) = (SqlIdentifier.Quote(objects.Owner), SqlIdentifier.Quote(facts.Role.Name));
        if (objects.IsSuperuser)
        {
            // Nobody becomes a member of a superuser.
            return OwnershipStatements.HandOver(facts.Schema.Name, objects.Owner, facts.Role.Name);
        }

        if (objects.IsMember)
        {
            // As whoever created the role is: neither can be a member of the other as well.
            return $"{SqlComment.Of($"{objects.Owner} is a member of {facts.Role.Name}, because it created the role. Run this as {objects.Owner}:")}\n"
                + $"BEGIN;\n{OwnershipStatements.GrantMembership(facts.Role.Name, objects.Owner, facts.Server.Major)};\n"
                + OwnershipStatements.HandOver(facts.Schema.Name, objects.Owner, facts.Role.Name)
                + $"\n{OwnershipStatements.RevokeOwnGrant(facts.Role.Name, objects.Owner)};\nCOMMIT;";
        }

        return $"{OwnershipStatements.Grant(objects.Owner, facts.Role.Name, facts.Server.Major)}"
            + $"{(facts.Server.Major < OwnershipStatements.FirstMajorWithGrantOptions ? $" ALTER ROLE {role} INHERIT;" : "")}"
            + $" {SqlComment.Of($"or transfer what {objects.Owner} owns with Set-LangSmithPgOwner; do not grant a cloud's admin role")}";
    }

    static Finding Privilege(ReadinessInput input, string id, bool may, string what, string why, Remedy fix, FindingStatus otherwise = FindingStatus.Fail) =>
        input.Finding(id, may ? FindingStatus.Pass : otherwise, $"Role {input.Facts.Role.Name} {(may ? "may" : "may not")} {what}.") with
        {
            Why = why,
            Fix = may ? null : fix,
        };
}
