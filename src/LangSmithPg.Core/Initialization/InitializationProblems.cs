using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Extensions;
using LangSmithPg.Findings;
using LangSmithPg.Ownership;
using LangSmithPg.Servers;
using LangSmithPg.Sql;

namespace LangSmithPg.Initialization;

/// <summary>Finds what keeps a database from being set up for LangSmith, before anything is changed.</summary>
static class InitializationProblems
{
    // PostgreSQL's own, and what the clouds keep for themselves.
    static readonly string[] SystemDatabases = ["postgres", "template0", "template1", "azure_maintenance", "azure_sys", "cloudsqladmin", "alloydbadmin", "rdsadmin"];

    /// <param name="target">How the role is to connect to the database.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="look">What the administrator sees from the database that they are connected to.</param>
    /// <param name="inside">What they see in LangSmith's database, or null when it does not exist or is not to be looked at.</param>
    /// <param name="changesRole">Whether something is to be done that takes whoever may administer the role.</param>
    public static IEnumerable<InitializationProblem> Of(
        PgConnectionString target, InitializationRequest request, InitializationLook look, InitializationLook? inside, bool changesRole)
    {
        // What is not to be touched needs nobody who may.
        List<InitializationProblem> names = [.. OfNames(request, look)];
        return names.Count > 0
            ? names
            :
            [
                .. OfCaller(request, look, changesRole),
                .. inside is null ? [] : OfContent(target, request, inside),
                .. OfExtensions(request, inside?.Server ?? look.Server),
            ];
    }

    /// <summary>What shows from any database of the server.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="look">What the administrator sees.</param>
    public static IEnumerable<InitializationProblem> OfNames(InitializationRequest request, InitializationLook look)
    {
        var (server, facts) = (look.Server, look.Facts);
        var minimum = DatabaseRequirements.Of(request.Purpose).MinimumMajorVersion ?? Requirements.MinimumMajorVersion;
        if (server.Server.Major < minimum)
        {
            yield return new(
                InitializationProblemKind.VersionNotSupported, $"The server is PostgreSQL {server.Server.ShortVersion}, which {request.Purpose} does not support.",
                $"Upgrade the server to PostgreSQL {minimum} or later, or use another one.");
        }

        if (facts.Role is { IsBuiltIn: true } or { IsAdmin: true } || request.RoleName == server.Role.Name || OwnershipProblems.CloudRoles.Contains(request.RoleName, StringComparer.Ordinal))
        {
            yield return new(
                InitializationProblemKind.SystemRole, $"Role {request.RoleName} belongs to the server or the cloud, or is an administrator.",
                "Specify a role that only LangSmith uses, such as langsmith_app.");
        }

        if (facts.Database is { IsOfServer: true } || SystemDatabases.Contains(request.Database, StringComparer.Ordinal))
        {
            yield return new(
                InitializationProblemKind.SystemDatabase, $"Database {request.Database} belongs to the server or the cloud, is a template, or does not accept connections.",
                "Specify a database that only LangSmith uses, such as langsmith.");
        }
        else if (facts.Database is { } database && database.Owner != request.RoleName && database.Owner != server.Role.Name)
        {
            yield return new(
                InitializationProblemKind.DatabaseTaken, $"Database {request.Database} exists already and belongs to role {database.Owner}.",
                HandOver(request, database.Owner));
        }
        else if (facts.Database is { Encoding: not "UTF8" and var encoding })
        {
            yield return new(
                InitializationProblemKind.EncodingNotUtf8, $"Database {request.Database} exists already and is encoded in {encoding}, not in UTF-8.",
                "An encoding cannot be changed: specify another name with -NewDatabase.");
        }
    }

    static IEnumerable<InitializationProblem> OfCaller(InitializationRequest request, InitializationLook look, bool changesRole)
    {
        var (caller, facts, major) = (look.Server.Role, look.Facts, look.Server.Server.Major);
        if (caller.IsSuperuser)
        {
            yield break;
        }

        string[] lacks =
        [
            .. caller.CanCreateRole || !changesRole ? Array.Empty<string>() : ["CREATEROLE"],
            // A database is given away by a role that could create one.
            .. caller.CanCreateDatabase || facts.Database?.Owner == request.RoleName || (facts.Database is not null && !request.OwnsDatabase) ? Array.Empty<string>() : ["CREATEDB"],
        ];
        if (lacks.Length > 0)
        {
            yield return new(
                InitializationProblemKind.NotAdministrator, $"Role {caller.Name} does not have {string.Join(" and ", lacks)}.",
                Remedy.Sql($"ALTER ROLE {SqlIdentifier.Quote(caller.Name)} {string.Join(' ', lacks)}; -- as a superuser; in a cloud, log in as the server's administrator instead"));
        }

        if (changesRole && facts.Role is { CanAdmin: false } && major >= OwnershipStatements.FirstMajorWithGrantOptions)
        {
            yield return new(
                InitializationProblemKind.RoleNotAdministered, $"Role {request.RoleName} exists already, and role {caller.Name} does not have the ADMIN option on it.",
                Remedy.Sql($"GRANT {SqlIdentifier.Quote(request.RoleName)} TO {SqlIdentifier.Quote(caller.Name)} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE; -- as a superuser, or as the role that created it"));
        }
    }

    static IEnumerable<InitializationProblem> OfContent(PgConnectionString target, InitializationRequest request, InitializationLook inside)
    {
        // A database that a run has left behind is empty.
        if (inside.Facts is { HasForeignObjects: true, Database: { } database } && database.Owner != request.RoleName)
        {
            yield return new(
                InitializationProblemKind.DatabaseTaken, $"Database {request.Database} exists already, and has objects of other roles than {request.RoleName}.",
                HandOver(request, database.Owner));
        }

        foreach (var verdict in ExtensionEvaluator.Evaluate(new(target, inside.Server, default)).Where(one => one is { Installed: true, Status: FindingStatus.Fail } && request.Extensions.Contains(one.Name)))
        {
            yield return new(InitializationProblemKind.ExtensionNotUsable, verdict.Message, verdict.Fix!);
        }
    }

    static IEnumerable<InitializationProblem> OfExtensions(InitializationRequest request, ServerFacts server)
    {
        List<ExtensionFacts> missing = [.. server.Extensions.Where(extension => extension.InstalledVersion is null && request.Extensions.Contains(extension.Name))];
        if (server.ControlFileError is null && missing.Where(extension => extension.AvailableVersion is null).ToList() is { Count: > 0 } absent)
        {
            yield return new(
                InitializationProblemKind.FilesMissing, $"The server has no files for {string.Join(", ", absent.Select(one => one.Name))}.",
                "Install the server's contrib package (Debian: it is part of postgresql-<major>; Red Hat: postgresql-contrib), or use a server that has it.");
        }

        if (AllowList.Of(server) is { } list && missing.Where(extension => !list.Has(extension.Name)).ToList() is { Count: > 0 } forbidden)
        {
            yield return new(
                InitializationProblemKind.NotAllowListed, $"{list.Setting} does not allow {string.Join(", ", forbidden.Select(one => one.Name))}.", list.Fix());
        }
    }

    static string HandOver(InitializationRequest request, string owner) =>
        $"Specify another name with -NewDatabase. If the database is LangSmith's, transfer it to the role, which must exist: Set-LangSmithPgOwner -Database {CommandArgument.ForPowerShell(request.Database)}"
        + $" -From {CommandArgument.ForPowerShell(owner)} -To {CommandArgument.ForPowerShell(request.RoleName)} -Connection <administrator>";
}
