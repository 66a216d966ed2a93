using LangSmithPg.Servers;
using LangSmithPg.Sql;

namespace LangSmithPg.Readiness.Extensions;

/// <summary>Says of each extension that LangSmith needs whether it is there, can be had, and what stands in the way.</summary>
public static class ExtensionJudge
{
    /// <summary>Judges all of them, in the order of <see cref="Requirements.Extensions"/>.</summary>
    /// <param name="input">What is known.</param>
    public static IReadOnlyList<ExtensionVerdict> Judge(ReadinessInput input)
    {
        ArgumentNullException.ThrowIfNull(input);

        // The server sorts by its own collation.
        return
        [
            .. input.Facts.Extensions.OrderBy(extension => extension.Name, StringComparer.Ordinal)
                .Select(extension => extension.InstalledVersion is null ? JudgeMissing(input, extension) : JudgeInstalled(input, extension)),
        ];
    }

    static ExtensionVerdict JudgeInstalled(ReadinessInput input, ExtensionFacts extension)
    {
        // LangSmith opens every session with search_path set to its schema, so the path of this session does not count.
        var target = input.Facts.Schema.Name;
        var reached = extension.Schema == target || extension.Schema == "pg_catalog";
        return new()
        {
            Name = extension.Name,
            Target = input.Target,
            Status = reached ? FindingStatus.Pass : FindingStatus.Fail,
            Installed = true,
            Version = extension.InstalledVersion,
            Schema = extension.Schema,
            SearchPathReaches = reached,
            AllowListed = AllowList.Of(input.Facts)?.Has(extension.Name),
            Message = reached
                ? $"{extension.Name} {extension.InstalledVersion} is installed in schema {extension.Schema}."
                : $"{extension.Name} is installed in schema {extension.Schema}, which LangSmith's search path ({target}) does not reach.",
            Fix = reached
                ? null
                : $"ALTER EXTENSION {SqlIdentifier.Quote(extension.Name)} SET SCHEMA {SqlIdentifier.Quote(target)};"
                    + $" {SqlComment.Of($"as {extension.Owner}; or let LangSmith use schema {extension.Schema}")}",
        };
    }

    static ExtensionVerdict JudgeMissing(ReadinessInput input, ExtensionFacts extension)
    {
        var (facts, name) = (input.Facts, extension.Name);
        var list = AllowList.Of(facts);
        var allowed = list?.Has(name);
        // The clouds patch CREATE EXTENSION so that their admin role may install what PostgreSQL keeps for superusers.
        var mayInstall = facts.Role.IsSuperuser || (facts.Database.CanCreate && (extension.Trusted is true || facts.Role.IsCloudAdmin));
        var (message, fix) = (extension.AvailableVersion, allowed, mayInstall) switch
        {
            (null, _, _) => (
                $"{name} is not installed and the server has no files for it.",
                "Install the server's contrib package (Debian: it is part of postgresql-<major>; Red Hat: postgresql-contrib), or use a server that has it."),
            (_, false, _) => ($"{name} is not installed, and {list!.Setting} does not allow it.", list!.Fix()),
            (_, _, false) when facts.Database.CanCreate => (
                $"{name} is not installed, and this server lets only a superuser install it.",
                $"CREATE EXTENSION IF NOT EXISTS {SqlIdentifier.Quote(name)} SCHEMA {SqlIdentifier.Quote(facts.Schema.Name)}; -- as a superuser"),
            (_, _, false) => (
                $"{name} is not installed, and role {facts.Role.Name} may not create extensions in database {facts.Database.Name}.",
                $"GRANT CREATE ON DATABASE {SqlIdentifier.Quote(facts.Database.Name)} TO {SqlIdentifier.Quote(facts.Role.Name)};"),
            _ => ($"{name} is not installed yet; LangSmith's migrations will install it.", null),
        };
        var canCreate = fix is null;
        return new()
        {
            Name = name,
            Target = input.Target,
            Status = canCreate ? FindingStatus.Pass : FindingStatus.Fail,
            Installed = false,
            AvailableVersion = extension.AvailableVersion,
            AllowListed = allowed,
            Trusted = extension.Trusted,
            CanCreate = canCreate,
            Message = message,
            Fix = fix,
        };
    }
}
