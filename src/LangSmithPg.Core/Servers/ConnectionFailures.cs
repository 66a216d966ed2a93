using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Sql;

namespace LangSmithPg.Servers;

/// <summary>Explains what a server says when it does not let one in. Source of the codes: PostgreSQL documentation, "Error Codes".</summary>
static class ConnectionFailures
{
    /// <summary>The connection leads to the console by which pgbouncer is administered.</summary>
    public static ConnectionFailure PoolerConsole { get; } = new(
        ConnectionFailureKind.UnsupportedServer, "Database pgbouncer is the administration console of the pooler.", "Specify the database that LangSmith uses.");

    /// <summary>Explains an error of the server, by what is the same in every language: the code, and the function that reports it.</summary>
    /// <param name="connection">The connection that was tried.</param>
    /// <param name="refusal">What the server said.</param>
    public static ConnectionFailure FromServer(PgConnectionString connection, ServerRefusal refusal)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(refusal);
        var (user, database) = (connection.UserName, connection.Database);
        var (kind, message, fix) = refusal.SqlState switch
        {
            // A certificate of another name is told as a wrong password where one is asked for besides.
            "28P01" or "28000" when IsOfOtherName(connection, refusal) => (
                ConnectionFailureKind.AuthenticationFailed, $"The server rejects the login of user {user}, and the common name of the client certificate is {refusal.CertificateName ?? "missing"}.",
                $"Use a certificate for CN={user}, or map the name on the server (map= in pg_hba.conf, and pg_ident.conf). If the name is correct, check the password."),
            "28P01" when refusal.IsOfToken => (
                ConnectionFailureKind.AuthenticationFailed, $"The server rejects the access token of user {user}.",
                "Check that the token is for this cloud, server and user and has not expired, and that the user can log in with IAM (New-LangSmithPgIamRole)."),
            "28P01" => (
                ConnectionFailureKind.AuthenticationFailed, $"The server rejects the login of user {user}.",
                "Check user and password. The server returns the same error when the user does not exist, when the password has expired (VALID UNTIL), and when it is stored as an MD5 hash "
                    + "but pg_hba.conf requires scram-sha-256: set the password again. The server's log has the cause."),
            // Either there is no line for it, or the line says "reject". The file's name is the same in every language.
            "28000" when Says("pg_hba.conf") => (
                ConnectionFailureKind.AccessRuleMissing, $"The server's access rules (pg_hba.conf) do not allow user {user} to connect to database {database} this way.",
                !refusal.HasTls && connection.EffectiveSslMode() <= SslMode.Prefer
                    ? "The server may require TLS: use sslmode=require or stronger. Otherwise add a rule to pg_hba.conf, or this address to the cloud's firewall."
                    : "Add a rule to pg_hba.conf for this user, database and address, or this address to the cloud's firewall."),
            "28000" when IsOfMethod("PAM") => (
                ConnectionFailureKind.AuthenticationFailed, $"The server rejects the IAM login of user {user}.",
                "On RDS, a member of rds_iam can log in only with an IAM token. Check the token's user, host and region, and the policy rds-db:connect."),
            "28000" when refusal.Routine == "ClientAuthentication" || (IsOfOther() && Says("client certificate")) => (
                ConnectionFailureKind.ClientCertificateMissing, $"The server requires a client certificate from user {user}.",
                "Specify the client certificate with -ClientCertificate here, and for LangSmith with New-LangSmithMtlsSecret."),
            "28000" when refusal.Routine == "auth_failed" || (IsOfOther() && Says("authentication failed")) => (
                ConnectionFailureKind.AuthenticationFailed, $"The server rejects the login of user {user}.",
                "Check the method in pg_hba.conf for this user, database and address, and that the user can log in with it."),
            "28000" => (
                ConnectionFailureKind.RoleNotAllowed, $"User {user} does not exist or may not log in.", LoginFix(user)),
            "3D000" => (
                ConnectionFailureKind.DatabaseNotFound, $"Database {database} does not exist.",
                Remedy.Sql($"CREATE DATABASE {SqlName(database)} OWNER {SqlName(user)};")),
            "55000" when refusal.Routine == "CheckMyDatabase" => (
                ConnectionFailureKind.NotAcceptingConnections, $"Database {database} does not allow connections.",
                Remedy.Sql($"ALTER DATABASE {SqlName(database)} ALLOW_CONNECTIONS true;")),
            "42501" => (
                ConnectionFailureKind.ConnectDenied, $"User {user} may not connect to database {database}.",
                Remedy.Sql($"GRANT CONNECT ON DATABASE {SqlName(database)} TO {SqlName(user)};")),
            "53300" => (
                ConnectionFailureKind.TooManyConnections, "The server, database or user has reached its connection limit.",
                "Close idle connections, or increase max_connections, ALTER DATABASE … CONNECTION LIMIT or ALTER ROLE … CONNECTION LIMIT."),
            "57P03" or "57P01" or "57P02" => (
                ConnectionFailureKind.NotAcceptingConnections, "The server is starting, stopping or recovering.", "Wait until it is up and try again."),
            "08P01" when Says("startup parameter") => (
                ConnectionFailureKind.PoolerRefusedParameter, "A connection pooler refuses a startup parameter.",
                Remedy.Ini("; pgbouncer.ini\nignore_startup_parameters = search_path, lock_timeout, extra_float_digits, options")),
            "08P01" when database == "pgbouncer" => (PoolerConsole.Kind, PoolerConsole.Message, PoolerConsole.Fix),
            "57014" => (
                ConnectionFailureKind.StatementTimedOut, "The server canceled the statement because it took too long.",
                "Check the server for locks and load, or increase -TimeoutSeconds."),
            _ => (ConnectionFailureKind.Other, "The server rejected the connection.", "See the server's message."),
        };
        return new(kind, message, fix, connection.Redact(refusal.SqlState), connection.Redact(refusal.Message));

        // A pooler's or a cloud's own, in English.
        bool IsOfOther() => refusal.Routine is null;

        bool Says(string text) => refusal.Message.Contains(text, StringComparison.OrdinalIgnoreCase);

        // Names of methods are the same in every language; a user may be called like one.
        bool IsOfMethod(string method) => refusal.Message.Replace(user, "", StringComparison.Ordinal).Contains(method, StringComparison.Ordinal);
    }

    static bool IsOfOtherName(PgConnectionString connection, ServerRefusal refusal) =>
        refusal.ShowedCertificate && refusal.CertificateName != connection.UserName && refusal.Routine is (null or "auth_failed")
        && !refusal.Message.Contains("pg_hba.conf", StringComparison.Ordinal);

    // The server does not say which of the two it is.
    static Remedy LoginFix(string user)
    {
        var body = $"BEGIN IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = {SqlLiteral.Quote(user)}) THEN ALTER ROLE {SqlName(user)} LOGIN; "
            + $"ELSE CREATE ROLE {SqlName(user)} LOGIN; END IF; END";
        return Remedy.Sql($"DO {SqlLiteral.Quote(body)};");
    }

    static string SqlName(string name) => SqlIdentifier.Quote(name);
}
