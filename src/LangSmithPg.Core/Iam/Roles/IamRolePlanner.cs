using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Sql;

namespace LangSmithPg.Iam.Roles;

/// <summary>
/// Finds out what is missing for a role. Sources: the clouds' documentation of IAM database authentication; for Azure's functions,
/// learn.microsoft.com, "Manage Microsoft Entra users in Azure Database for PostgreSQL".
/// </summary>
static class IamRolePlanner
{
    internal const string AzureDatabase = "postgres";
    internal const string AwsGroup = "rds_iam";
    const string CreatePrincipal = "pgaadauth_create_principal";
    const string CreatePrincipalWithId = "pgaadauth_create_principal_with_oid";

    /// <summary>Plans.</summary>
    /// <param name="connection">The connection to LangSmith's database.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="facts">What the server says in LangSmith's database.</param>
    /// <param name="functions">For Azure, the functions that the database <c>postgres</c> has.</param>
    public static IamRolePlan Plan(PgConnectionString connection, IamRoleRequest request, IamRoleFacts facts, IReadOnlyList<EntraFunction> functions)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(functions);
        var (login, problem) = Login(connection.Database, request, facts, functions);
        return new(connection.Target, request, problem is null ? [.. login, .. Grants(connection, request.RoleName, facts)] : [], problem is null ? [] : [problem]);
    }

    /// <summary>What is missing for the identity to log in, without what it needs in a database; or what stands against it.</summary>
    /// <param name="database">The database for what is run in any.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="facts">What the server says.</param>
    /// <param name="functions">For Azure, the functions that the database <c>postgres</c> has.</param>
    public static (IReadOnlyList<IamRoleStep> Steps, IamRoleProblem? Problem) Login(
        string database, IamRoleRequest request, IamRoleFacts facts, IReadOnlyList<EntraFunction> functions) => request.Provider switch
    {
        IamAuthProvider.Aws => ForAws(database, request, facts),
        IamAuthProvider.Gcp => ([], ProblemOfGcp(request, facts)),
        _ => ForAzure(request, facts, functions),
    };

    static (IReadOnlyList<IamRoleStep> Steps, IamRoleProblem? Problem) ForAws(string database, IamRoleRequest request, IamRoleFacts facts)
    {
        if (!facts.Groups.Contains(AwsGroup))
        {
            return ([], new(
                IamRoleProblemKind.IamNotEnabled, $"The server has no role {AwsGroup}: it is not RDS or Aurora, or IAM authentication is disabled.",
                Remedy.Shell("aws rds modify-db-instance --enable-iam-database-authentication --apply-immediately --db-instance-identifier <instance>")));
        }

        // Members of rds_iam log in by token alone, and it counts for those who are members of a member.
        if (!facts.IsMarked && (facts.IsCaller || facts.HasCaller))
        {
            return ([], new(
                IamRoleProblemKind.WouldLockOut,
                facts.IsCaller
                    ? $"You are logged in as {request.RoleName}: as a member of {AwsGroup} it could no longer log in by password."
                    : $"You are a member of {request.RoleName}: as soon as it is a member of {AwsGroup}, so are you, and could no longer log in by password.",
                facts.IsCaller ? "Use a role that only LangSmith uses." : Remedy.Sql($"REVOKE {SqlIdentifier.Quote(request.RoleName)} FROM CURRENT_USER; -- or use another role")));
        }

        var role = SqlIdentifier.Quote(request.RoleName);
        List<string> statements = [];
        if (!facts.Exists)
        {
            statements.Add($"CREATE ROLE {role} LOGIN");
        }
        else if (!facts.CanLogIn)
        {
            statements.Add($"ALTER ROLE {role} LOGIN");
        }

        if (!facts.IsMarked)
        {
            statements.Add($"GRANT {AwsGroup} TO {role}");
        }

        return ([.. statements.Select(statement => new IamRoleStep(database, statement))], null);
    }

    static IamRoleProblem? ProblemOfGcp(IamRoleRequest request, IamRoleFacts facts)
    {
        var name = request.RoleName;
        const string suffix = ".gserviceaccount.com";
        if (name.EndsWith(suffix, StringComparison.Ordinal))
        {
            return new(IamRoleProblemKind.NameNotPossible, $"Cloud SQL names the user of a service account without {suffix}.", $"Use {name[..^suffix.Length]}.");
        }

        if (name.Contains('@', StringComparison.Ordinal) && name.Any(char.IsUpper))
        {
            return new(IamRoleProblemKind.NameNotPossible, "Cloud SQL writes the names of its IAM users in lower case.", $"Use {name.ToLowerInvariant()}.");
        }

        var create = CreateCloudSqlUser(name);
        return facts switch
        {
            { Groups: var groups } when !groups.Any(group => group.StartsWith("cloudsqliam", StringComparison.Ordinal)) => new(
                IamRoleProblemKind.IamNotEnabled, "The server has no roles for IAM: it is not Cloud SQL, or IAM authentication is disabled. After it is enabled, the roles appear within a minute.",
                Remedy.Shell("gcloud sql instances patch <instance> --database-flags=cloudsql.iam_authentication=on # replaces all flags: repeat those that are set")),
            { Exists: false } => new(
                IamRoleProblemKind.CloudUserMissing, $"User {name} does not exist, and only Cloud SQL can create its IAM users.",
                Remedy.Shell(create)),
            { IsMarked: false } => new(
                IamRoleProblemKind.RoleTaken, $"Role {name} exists and is not an IAM user.", $"Drop or rename it, then: {create}"),
            _ => null,
        };
    }

    internal static string CreateCloudSqlUser(string name) =>
        $"gcloud sql users create {CommandArgument.ForAnyShell(name, "<user>")}"
        + $" --type={(name.EndsWith(".iam", StringComparison.Ordinal) ? "cloud_iam_service_account" : "cloud_iam_user")} --instance=<instance>";

    static (IReadOnlyList<IamRoleStep> Steps, IamRoleProblem? Problem) ForAzure(IamRoleRequest request, IamRoleFacts facts, IReadOnlyList<EntraFunction> functions)
    {
        if (facts.EntraLabel is { } label)
        {
            return request.ObjectId is not { } id || label.Contains($"oid={id}", StringComparison.OrdinalIgnoreCase)
                ? ([], null)
                : ([], new(IamRoleProblemKind.RoleTaken, $"Role {request.RoleName} is linked to another Microsoft Entra identity: {label}.", "Check -ObjectId, or use another role."));
        }

        if (facts.Exists)
        {
            return ([], new(
                IamRoleProblemKind.RoleTaken, $"Role {request.RoleName} exists and is not linked to a Microsoft Entra identity.",
                "Use the identity's name as -RoleName and transfer what the old role owns with Set-LangSmithPgOwner; or link the role to the identity, as a Microsoft Entra admin: "
                + $"SECURITY LABEL FOR pgaadauth ON ROLE {SqlIdentifier.Quote(request.RoleName)} IS {SqlLiteral.Quote(Label(request))};"));
        }

        var wanted = request.ObjectId is null ? CreatePrincipal : CreatePrincipalWithId;
        return functions.FirstOrDefault(one => one.Name == wanted) is { } function
            ? ([new(AzureDatabase, Call(function, request))], null)
            : ([], new(
                IamRoleProblemKind.IamNotEnabled, $"Database {AzureDatabase} has no function {wanted}: the server is not an Azure server, or Microsoft Entra authentication is disabled.",
                Remedy.Shell("az postgres flexible-server update --resource-group <group> --name <server> --microsoft-entra-auth Enabled")));
    }

    // Flags are boolean or a number, depending on the server's age.
    static string Call(EntraFunction function, IamRoleRequest request)
    {
        Queue<string> texts = new(request.ObjectId is { } id
            ? [request.RoleName, id.ToString(), TypeOf(request)]
            : [request.RoleName]);
        var arguments = function.Types.Select(type => type switch
        {
            "boolean" => "false",
            "integer" or "smallint" or "bigint" => "0",
            _ => SqlLiteral.Quote(texts.TryDequeue(out var text) ? text : ""),
        });
        return $"SELECT * FROM pg_catalog.{function.Name}({string.Join(", ", arguments)})";
    }

    static string Label(IamRoleRequest request) => $"aadauth,oid={request.ObjectId?.ToString() ?? "<object id>"},type={TypeOf(request)}";

    internal static string TypeOf(IamRoleRequest request) => request.PrincipalType.ToString().ToLowerInvariant();

    static IEnumerable<IamRoleStep> Grants(PgConnectionString connection, string roleName, IamRoleFacts facts)
    {
        var (role, database, schema) = (SqlIdentifier.Quote(roleName), SqlIdentifier.Quote(connection.Database), SqlIdentifier.Quote(connection.Schema));
        if (facts is not { CanConnect: true, CanCreate: true, CanCreateTemporary: true })
        {
            yield return new(connection.Database, $"GRANT CONNECT, CREATE, TEMPORARY ON DATABASE {database} TO {role}");
        }

        if (!facts.SchemaExists)
        {
            yield return new(connection.Database, $"CREATE SCHEMA IF NOT EXISTS {schema}");
        }

        if (!facts.CanUseSchema)
        {
            yield return new(connection.Database, $"GRANT USAGE, CREATE ON SCHEMA {schema} TO {role}");
        }
    }
}
