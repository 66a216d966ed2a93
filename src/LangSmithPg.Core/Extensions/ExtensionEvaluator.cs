using LangSmithPg.Clouds;
using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Servers;
using LangSmithPg.Sql;

namespace LangSmithPg.Extensions;

/// <summary>Says of each extension that LangSmith needs whether it is there, can be had, and what stands in the way.</summary>
static class ExtensionEvaluator
{
    /// <summary>Judges all of them, in the order of <see cref="Requirements.Extensions"/>.</summary>
    /// <param name="input">What is known.</param>
    public static IReadOnlyList<ExtensionVerdict> Evaluate(ReadinessInput input)
    {
        ArgumentNullException.ThrowIfNull(input);

        // The server sorts by its own collation.
        return
        [
            .. input.Facts.Extensions.OrderBy(extension => extension.Name, StringComparer.Ordinal)
                .Select(extension => extension.InstalledVersion is null ? EvaluateMissing(input, extension) : EvaluateInstalled(input, extension)),
        ];
    }

    static ExtensionVerdict EvaluateInstalled(ReadinessInput input, ExtensionFacts extension)
    {
        // LangSmith opens every session with search_path set to its schema, so the path of this session does not count.
        var target = input.Facts.Schema.Name;
        var reached = extension.Schema == target || extension.Schema == "pg_catalog";
        var (name, version, newest) = (extension.Name, extension.InstalledVersion, extension.AvailableVersion);
        var update = Remedy.Sql($"ALTER EXTENSION {SqlIdentifier.Quote(name)} UPDATE; {SqlComment.Of($"as {extension.Owner}")}");
        var (status, message, fix) = extension switch
        {
            _ when !reached => (
                FindingStatus.Fail, $"{name} is installed in schema {extension.Schema}, which {input.Requirements.Product}'s search path ({target}) does not reach.", Move(input.Facts, extension, target)),
            { IndexesUuid: false } => (
                FindingStatus.Fail, $"{name} {version} is installed, which is too old to index a uuid{(newest is null ? "" : $"; the server has {newest}")}.", update),
            _ when newest is not null && newest != version => (
                FindingStatus.Warning, $"{name} {version} is installed in schema {extension.Schema}, and the server has {newest}.", update),
            _ => (FindingStatus.Pass, $"{name} {version} is installed in schema {extension.Schema}.", null),
        };
        return new()
        {
            Name = name,
            Target = input.Target,
            Status = status,
            Installed = true,
            Version = version,
            AvailableVersion = newest,
            Schema = extension.Schema,
            SearchPathReaches = reached,
            AllowListed = AllowList.Of(input.Facts)?.Has(name),
            Message = message,
            Fix = fix,
        };
    }

    // Source: learn.microsoft.com, "Considerations with the use of extensions in Azure Database for PostgreSQL": relocating is not supported.
    static Remedy Move(ServerFacts facts, ExtensionFacts extension, string target)
    {
        var (name, schema) = (SqlIdentifier.Quote(extension.Name), SqlIdentifier.Quote(target));
        var or = $"as {extension.Owner}; or let LangSmith use schema {extension.Schema}";
        return Remedy.Sql(facts.Provider == ServerProvider.Azure
            ? $"DROP EXTENSION {name}; CREATE EXTENSION {name} SCHEMA {schema}; {SqlComment.Of($"{or}. Azure cannot move an extension, and DROP fails while something uses it")}"
            : $"ALTER EXTENSION {name} SET SCHEMA {schema}; {SqlComment.Of(or)}");
    }

    static ExtensionVerdict EvaluateMissing(ReadinessInput input, ExtensionFacts extension)
    {
        var (facts, name) = (input.Facts, extension.Name);
        var list = AllowList.Of(facts);
        var allowed = list?.Has(name);
        // The clouds patch CREATE EXTENSION so that their admin role may install what PostgreSQL keeps for superusers.
        var mayInstall = facts.Role.IsSuperuser || (facts.Database.CanCreate && (extension.Trusted is true || facts.Role.IsCloudAdmin));
        var (message, fix) = (extension.AvailableVersion, allowed, mayInstall) switch
        {
            _ when extension.NameTakenBy is { } taken => (
                $"{name} is not installed, and cannot be: {taken} in schema {facts.Schema.Name} has the same name as an object of the extension.",
                Rename(facts.Schema.Name, taken)),
            (null, _, _) when facts.ControlFileError is not null => (
                $"{name} is not installed. Whether it can be installed is not known, because the server could not read its list of extensions: {facts.ControlFileError}",
                "Repair the file that the server's message names, or test the installation with Test-LangSmithPgReadiness -Rehearse."),
            (null, _, _) => (
                $"{name} is not installed and the server has no files for it.",
                "Install the server's contrib package (Debian: it is part of postgresql-<major>; Red Hat: postgresql-contrib), or use a server that has it."),
            (_, false, _) => ($"{name} is not installed, and {list!.Setting} does not allow it.", list!.Fix()),
            (_, _, false) when facts.Database.CanCreate && extension.Trusted is null => (
                $"{name} is not installed, and the server has its control file but not its scripts.",
                "Reinstall the server's contrib package (Debian: it is part of postgresql-<major>; Red Hat: postgresql-contrib)."),
            (_, _, false) when facts.Database.CanCreate => (
                $"{name} is not installed, and this server lets only a superuser install it.",
                Remedy.Sql($"CREATE EXTENSION IF NOT EXISTS {SqlIdentifier.Quote(name)} SCHEMA {SqlIdentifier.Quote(facts.Schema.Name)}; -- as a superuser")),
            (_, _, false) => (
                $"{name} is not installed, and role {facts.Role.Name} may not create extensions in database {facts.Database.Name}.",
                Remedy.Sql($"GRANT CREATE ON DATABASE {SqlIdentifier.Quote(facts.Database.Name)} TO {SqlIdentifier.Quote(facts.Role.Name)};")),
            _ => ($"{name} is not installed yet; {input.Requirements.Product}'s migrations will install it.", null),
        };
        bool? canCreate = facts.ControlFileError is not null && extension is { AvailableVersion: null, NameTakenBy: null } ? null : fix is null;
        return new()
        {
            Name = name,
            Target = input.Target,
            Status = canCreate switch { true => FindingStatus.Pass, false => FindingStatus.Fail, null => FindingStatus.Unknown },
            Installed = false,
            AvailableVersion = extension.AvailableVersion,
            AllowListed = allowed,
            Trusted = extension.Trusted,
            CanCreate = canCreate,
            Message = message,
            Fix = fix,
        };
    }

    // What it is, and its name.
    static Remedy Rename(string schema, string taken)
    {
        var (kind, name) = (taken.Split(' ', 2)[0], taken.Split(' ', 2)[^1]);
        return Remedy.Sql($"ALTER {kind} {SqlIdentifier.Quote(schema)}.{SqlIdentifier.Quote(name)} RENAME TO {SqlIdentifier.Quote($"{name}_not_of_the_extension")}; -- as its owner, before the extension is installed");
    }
}
