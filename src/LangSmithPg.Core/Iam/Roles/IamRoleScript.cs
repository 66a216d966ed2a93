using LangSmithPg.Connections;
using LangSmithPg.Sql;

namespace LangSmithPg.Iam.Roles;

/// <summary>The role as SQL, for an admin who would rather read and run it elsewhere.</summary>
static class IamRoleScript
{
    /// <summary>Writes the script, for psql. It needs no server, holds no secret, and does no harm when it is run again.</summary>
    /// <param name="connection">How LangSmith is to connect.</param>
    /// <param name="request">The role.</param>
    public static string Write(PgConnectionString connection, IamRoleRequest request)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(request);
        var (role, database, schema) = (SqlIdentifier.Quote(request.RoleName), SqlIdentifier.Quote(connection.Database), SqlIdentifier.Quote(connection.Schema));
        return $"""
            {SqlComment.Of($"Lets the {request.Provider} identity {request.RoleName} log in to {connection.Target} as LangSmith's user.")}
            -- Run it with psql -v ON_ERROR_STOP=1 -f <this file> <connection>, as {Runner(request.Provider)}. It can be run again safely.
            {SqlLiteral.StandardStrings}
            {Login(request, role)}
            -- The privileges that LangSmith needs.
            {PsqlConnect.To(connection.Database)}
            {SqlLiteral.StandardStrings}
            BEGIN;
            GRANT CONNECT, CREATE, TEMPORARY ON DATABASE {database} TO {role};
            CREATE SCHEMA IF NOT EXISTS {schema};
            GRANT USAGE, CREATE ON SCHEMA {schema} TO {role};
            COMMIT;

            """;
    }

    /// <summary>Who runs it.</summary>
    /// <param name="provider">Whose identity the role is.</param>
    public static string Runner(IamAuthProvider provider) => provider switch
    {
        IamAuthProvider.Azure => "a Microsoft Entra admin of the server",
        IamAuthProvider.Gcp => "the owner of the database",
        _ => "the server's admin, but not with its own name as the role",
    };

    /// <summary>The part that lets the identity log in. On Azure, it ends in another database.</summary>
    /// <param name="request">The role.</param>
    /// <param name="role">Its name, quoted.</param>
    public static string Login(IamRoleRequest request, string role)
    {
        var name = SqlLiteral.Quote(request.RoleName);
        return request.Provider switch
        {
            IamAuthProvider.Aws => $"""
                -- The role, and the membership that lets RDS accept tokens for it.
                SELECT {SqlLiteral.Quote($"CREATE ROLE {role} LOGIN")} WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = {name}) \gexec
                ALTER ROLE {role} LOGIN;
                GRANT {IamRolePlanner.AwsGroup} TO {role};
                """,
            IamAuthProvider.Gcp => $"""
                -- Create the user in Cloud SQL first:
                {SqlComment.Of(IamRolePlanner.CreateCloudSqlUser(request.RoleName))}
                """,
            _ => $"""
                -- The role, mapped to the identity. The functions for it exist only in database postgres.
                \connect {IamRolePlanner.AzureDatabase}
                {SqlLiteral.StandardStrings}
                SELECT {SqlLiteral.Quote(Create(request, name))} WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = {name}) \gexec
                """,
        };
    }

    static string Create(IamRoleRequest request, string name) => request.ObjectId is { } id
        ? $"SELECT * FROM pg_catalog.pgaadauth_create_principal_with_oid({name}, '{id}', '{IamRolePlanner.TypeOf(request)}', false, false)"
        : $"SELECT * FROM pg_catalog.pgaadauth_create_principal({name}, false, false)";
}
