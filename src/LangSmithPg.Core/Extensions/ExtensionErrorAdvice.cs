using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Servers;
using LangSmithPg.Sql;

namespace LangSmithPg.Extensions;

/// <summary>What to do where the server refused an extension.</summary>
static class ExtensionErrorAdvice
{
    /// <summary>What to do where an extension could not be installed or used.</summary>
    public static Remedy FixExtension(this ServerError error, ReadinessInput input, string extension)
    {
        var known = ExtensionEvaluator.Evaluate(input).FirstOrDefault(verdict => verdict.Name == extension && verdict.Status == FindingStatus.Fail)?.Fix;
        return error.Kind switch
        {
            ServerErrorKind.NotAllowListed => AllowList.Of(input.Facts)?.Fix() ?? FixUnknownAllowList(),
            ServerErrorKind.SchemaMissing => CreateSchema(input.Facts),
            ServerErrorKind.PermissionDenied => known ?? (IsInstalled(input.Facts, extension) ? GrantUse(input.Facts, extension) : InstallAsSuperuser(input.Facts, extension)),
            ServerErrorKind.FilesMissing or ServerErrorKind.ObjectMissing or ServerErrorKind.Refused or ServerErrorKind.NameTaken => known ?? error.Fix(),
            _ => error.Fix(),
        };
    }

    /// <summary>How the schema comes to be, so that LangSmith's user may create in it.</summary>
    static Remedy CreateSchema(ServerFacts facts) => Remedy.Sql(
        $"CREATE SCHEMA IF NOT EXISTS {SqlIdentifier.Quote(facts.Schema.Name)} AUTHORIZATION {SqlIdentifier.Quote(facts.Role.Name)};"
        + " -- the role that LangSmith logs in as");

    static bool IsInstalled(ServerFacts facts, string extension) => facts.Extensions.Any(one => one.Name == extension && one.InstalledVersion is not null);

    // What everybody has by default, given to the one role.
    static Remedy GrantUse(ServerFacts facts, string extension)
    {
        var schema = SqlIdentifier.Quote(facts.Extensions.First(one => one.Name == extension).Schema!);
        var role = SqlIdentifier.Quote(facts.Role.Name);
        var type = extension is "citext" or "ltree" ? $"GRANT USAGE ON TYPE {schema}.{SqlIdentifier.Quote(extension)} TO {role};\n" : "";
        return Remedy.Sql($"GRANT USAGE ON SCHEMA {schema} TO {role};\n{type}GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA {schema} TO {role}; -- as a superuser");
    }

    static Remedy InstallAsSuperuser(ServerFacts facts, string extension) => Remedy.Sql(
        $"CREATE EXTENSION IF NOT EXISTS {SqlIdentifier.Quote(extension)} SCHEMA {SqlIdentifier.Quote(facts.Schema.Name)};"
        + " -- as a superuser, or the cloud's admin");

    // Where the list is hidden, it cannot be merged here; the command would replace it.
    static Remedy FixUnknownAllowList() => Remedy.Shell($"# Add the extensions that SHOW azure.extensions lists to the value: the command replaces the list.\n{AllowList.ForAzure("").Fix()}");
}
