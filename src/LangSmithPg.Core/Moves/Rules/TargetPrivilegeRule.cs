using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Sql;

namespace LangSmithPg.Moves.Rules;

/// <summary>Whether the target's role may create what the source has.</summary>
sealed class TargetPrivilegeRule : IMoveRule
{
    const string Why = "The restore creates everything as the role that logs in to the target.";

    public IEnumerable<Finding> Evaluate(MoveInput input)
    {
        yield return Schemas(input);
        yield return Restricted(input);
    }

    static Finding Schemas(MoveInput input)
    {
        var (to, role, database) = (input.Target, SqlIdentifier.Quote(input.Target.Server.Role.Name), SqlIdentifier.Quote(input.Target.Server.Database.Name));
        var schemas = input.Source.OwnSchemas.ToLookup(schema => to.Facts.Schemas.Any(other => other.Name == schema.Name));
        var closed = schemas[true].Where(schema => schema.HasObjects && !to.Facts.Schemas.First(other => other.Name == schema.Name).CanCreate).Select(schema => schema.Name).ToList();
        var missing = to.Server.Database.CanCreate ? [] : schemas[false].Select(schema => schema.Name).ToList();
        List<string> problems =
        [
            .. missing.Count > 0 ? [$"create schema {Listing.Of(missing)}"] : Array.Empty<string>(),
            .. closed.Count > 0 ? [$"create objects in schema {Listing.Of(closed)}"] : Array.Empty<string>(),
        ];
        return input.Finding("Move.Privileges", problems.Count > 0 ? FindingStatus.Fail : FindingStatus.Pass,
            problems.Count > 0 ? $"Role {to.Server.Role.Name} may not {string.Join(", nor ", problems)} of the target." : $"Role {to.Server.Role.Name} may create the schemas and objects of the source in the target.") with
        {
            Why = Why,
            Fix = problems.Count == 0 ? null : Remedy.Sql("-- on the target, as an administrator\n" + string.Join('\n',
            [
                .. missing.Count > 0 ? [$"GRANT CREATE ON DATABASE {database} TO {role};"] : Array.Empty<string>(),
                .. closed.Select(schema => $"GRANT USAGE, CREATE ON SCHEMA {SqlIdentifier.Quote(schema)} TO {role};"),
            ])),
        };
    }

    static Finding Restricted(MoveInput input)
    {
        var (facts, role) = (input.Source.Facts, input.Target.Server.Role);
        var only = role.IsSuperuser ? [] : facts.Restricted.Select(one => one.ToString()).ToList();
        var servers = role.IsSuperuser ? [] : facts.ForeignServers;
        return input.Finding("Move.Restricted", only.Count > 0 ? FindingStatus.Fail : servers.Count > 0 ? FindingStatus.Unknown : FindingStatus.Pass,
            only.Count > 0 ? $"Only a superuser may create {Listing.Of(only)}, which the source has; role {role.Name} of the target is none."
            : servers.Count > 0 ? $"Whether role {role.Name} of the target may create foreign server {Listing.Of(servers)} is not known."
            : "Nothing in the source requires a superuser in the target.") with
        {
            Evidence = only.Count > 0 ? string.Join(", ", only) : null,
            Why = Why,
            Fix = only.Count > 0 ? "Drop it in the source if nothing needs it, install the extension that contains it, or connect to the target as a superuser."
                : servers.Count > 0 ? "Grant USAGE on the foreign data wrapper to the target's role, or drop the foreign server in the source if nothing needs it."
                : null,
        };
    }
}
