using LangSmithPg.Connections;
using LangSmithPg.Extensions;
using LangSmithPg.Iam.Roles;
using LangSmithPg.Ownership;
using LangSmithPg.Servers;
using LangSmithPg.Sql;

namespace LangSmithPg.Initialization;

/// <summary>LangSmith's database as SQL, for an administrator who would rather read and run it elsewhere.</summary>
static class InitializationScript
{
    /// <summary>Writes the script, for psql. It needs no server, holds no secret, and does no harm when it is run again.</summary>
    /// <param name="target">How the role is to connect to its database.</param>
    /// <param name="request">What is asked for.</param>
    public static string Write(PgConnectionString target, InitializationRequest request)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(request);
        var write = new InitializationStatements(request);
        var (role, database) = (SqlLiteral.Quote(request.RoleName), SqlLiteral.Quote(request.Database));
        return $"""
            {SqlComment.Of($"Creates {target.Target} with role {request.RoleName} and what {request.Purpose} needs in schema {request.Schema}.")}
            -- Run it as an administrator of the server, in any database such as postgres: psql -v ON_ERROR_STOP=1 -f <this file> <connection>
            {About(request)}
            -- Azure: the server parameter azure.extensions has to list the extensions first, besides what it lists already.
            {Session}
            \set ON_ERROR_STOP on
            SELECT {role} AS langsmith_role \gset
            SELECT {SqlLiteral.Quote(write.CreateDatabaseInUtf8)} || CASE WHEN pg_encoding_to_char(encoding) = 'UTF8' OR datcollate ~* 'utf' OR datcollate IN ('C', 'POSIX') THEN '' ELSE {SqlLiteral.Quote(Utf8Locale.Clause)} END
            FROM pg_database WHERE datname = 'template0' AND NOT EXISTS (SELECT FROM pg_database WHERE datname = {database}) \gexec
            {(request.Identity is { } first && !request.OwnsDatabase ? $"{IamRoleScript.Login(first, write.Role)}\n" : "")}{PsqlConnect.To(request.Database)}
            {Session}
            BEGIN;
            {Check(role, request)}
            {Owner(request, write, role)}
            COMMIT;

            """;
    }

    static string About(InitializationRequest request) => request.Identity is { } identity
        ? $"-- On this cloud, run it as {IamRoleScript.Runner(identity.Provider)}. It can be run again safely: everything but CREATE DATABASE and the role is all or nothing."
        : """
            -- psql asks for the password of a new role and sends only its hash. Without a terminal, add -v role_password=<password>: it is sent as it is,
            -- and the server may write it to its log. It can be run again safely: everything but CREATE DATABASE is all or nothing.
            """;

    static string Owner(InitializationRequest request, InitializationStatements write, string role) => request.OwnsDatabase
        ? $"""
            {(request.Identity is { } identity ? IamRoleScript.Login(identity, write.Role) : Role(write, role))}
            -- Who is not a superuser becomes a member of the role until the end of this.
            SELECT NOT rolsuper AND NOT (pg_has_role({role}, 'USAGE') AND pg_has_role({role}, CASE WHEN current_setting('server_version_num')::int >= {FirstWithOptions} THEN 'SET' ELSE 'MEMBER' END)) AS langsmith_joins
            FROM pg_roles WHERE rolname = current_user \gset
            \if :langsmith_joins
            SELECT {SqlLiteral.Quote($"GRANT {write.Role} TO CURRENT_USER")} || CASE WHEN current_setting('server_version_num')::int >= {FirstWithOptions} THEN ' WITH INHERIT TRUE, SET TRUE' ELSE '' END \gexec
            \endif
            {Content(request, write, write.CreateSchema)}
            -- The database is the role's.
            SELECT {SqlLiteral.Quote(write.AlterOwner)} FROM pg_database WHERE datname = current_database() AND pg_get_userbyid(datdba) <> {role} \gexec
            SELECT {SqlLiteral.Quote(write.GrantSchema)} WHERE NOT (has_schema_privilege({role}, {SqlLiteral.Quote(request.Schema)}, 'USAGE') AND has_schema_privilege({role}, {SqlLiteral.Quote(request.Schema)}, 'CREATE')) \gexec
            \if :langsmith_joins
            REVOKE {write.Role} FROM CURRENT_USER GRANTED BY CURRENT_USER;
            \endif
            """
        : $"""
            {Content(request, write, write.CreateOwnSchema)}
            -- What the role needs.
            {write.GrantDatabase};
            {write.GrantSchema};
            """;

    static string Role(InitializationStatements write, string role) => $"""
        -- The role.
        SELECT NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {role}) AS langsmith_is_new \gset
        \if :langsmith_is_new
        {write.CreateRole};
        \if :{"{"}?role_password{"}"}
        ALTER ROLE {write.Role} PASSWORD :'role_password';
        \else
        \password :"langsmith_role"
        \endif
        \endif
        {write.AlterRole};
        """;

    static string Content(InitializationRequest request, InitializationStatements write, string createSchema) => $"""
        -- The schema, and the extensions in it.
        SELECT {SqlLiteral.Quote(createSchema)} WHERE NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = {SqlLiteral.Quote(request.Schema)}) \gexec
        {string.Join("", request.Extensions.Select(name => $"{ExtensionInstallations.Statement(name, request.Schema)};\n"))}-- No time limits for migrations.
        {string.Join('\n', InitializationStatements.TimeLimits.Select(limit => $"{write.SetNoLimit(limit)};"))}
        SELECT {SqlLiteral.Quote(write.SetNoLimit(InitializationStatements.TransactionTimeout))} WHERE current_setting('server_version_num')::int >= {InitializationStatements.FirstMajorWithTransactionTimeout}0000 \gexec{(request.Schema == PgConnectionString.DefaultSchema ? "" : $"\n{write.SetSearchPath};")}
        """;

    const string Session = $"""
        {SqlLiteral.StandardStrings}
        SET search_path TO pg_catalog, pg_temp;
        """;

    static string FirstWithOptions => $"{OwnershipStatements.FirstMajorWithGrantOptions}0000";

    // What is somebody else's is not touched.
    static string Check(string role, InitializationRequest request) => SqlBlock.Do($"""
        BEGIN
          IF EXISTS (SELECT FROM pg_database WHERE datname = current_database() AND pg_get_userbyid(datdba) NOT IN ({role}, current_user)) THEN
            RAISE EXCEPTION USING MESSAGE = {SqlLiteral.Quote($"Database {request.Database} exists already and belongs to another role.")};
          ELSIF EXISTS (SELECT FROM pg_database WHERE datname = current_database() AND pg_get_userbyid(datdba) <> {role}) AND EXISTS (
            SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_' AND pg_get_userbyid(c.relowner) <> {role}
              AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')) THEN
            RAISE EXCEPTION USING MESSAGE = {SqlLiteral.Quote($"Database {request.Database} exists already, and has objects of other roles than {request.RoleName}.")};
          ELSIF current_setting('server_encoding') <> 'UTF8' THEN
            RAISE EXCEPTION USING MESSAGE = {SqlLiteral.Quote($"Database {request.Database} exists already and is not encoded in UTF-8.")};
          ELSIF EXISTS (SELECT FROM pg_roles WHERE rolname = {role} AND (rolsuper OR rolname = current_user)) THEN
            RAISE EXCEPTION USING MESSAGE = {SqlLiteral.Quote($"Role {request.RoleName} is an administrator.")};
          END IF;
        END
        """);
}
