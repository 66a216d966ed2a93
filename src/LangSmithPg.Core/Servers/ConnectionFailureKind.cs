
namespace LangSmithPg.Servers;

/// <summary>Why there was no getting into a database. The name is the stable id of the error.</summary>
public enum ConnectionFailureKind
{
    /// <summary>A parameter of the connection asks for what these checks cannot do, or contradicts another. Nothing was sent.</summary>
    ParameterNotSupported,

    /// <summary>An access token would travel without encryption. Nothing was sent.</summary>
    TokenWithoutTls,

    /// <summary>No DNS server knows the host.</summary>
    HostNotFound,

    /// <summary>No route leads to the host.</summary>
    Unreachable,

    /// <summary>The host answers that nothing listens on the port.</summary>
    ConnectionRefused,

    /// <summary>No answer came in time.</summary>
    TimedOut,

    /// <summary>The connection was cut.</summary>
    ConnectionClosed,

    /// <summary>What answers does not speak PostgreSQL's protocol.</summary>
    NotPostgreSql,

    /// <summary>The server does not support TLS.</summary>
    TlsNotOffered,

    /// <summary>Client and server found no TLS that both accept.</summary>
    TlsHandshakeFailed,

    /// <summary>This machine has no TLS version or cipher in common with the server; LangSmith's pods may have.</summary>
    TlsNotCommon,

    /// <summary>The server's certificate does not come from a trusted authority, or is not valid today.</summary>
    CertificateNotTrusted,

    /// <summary>The server's certificate names another host.</summary>
    CertificateNameMismatch,

    /// <summary>The file that <c>sslrootcert</c> names cannot be read.</summary>
    RootCertificateUnreadable,

    /// <summary>The client certificate or its key, which <c>sslcert</c> and <c>sslkey</c> name, cannot be used.</summary>
    ClientCertificateUnreadable,

    /// <summary>The server does not accept the client certificate.</summary>
    ClientCertificateRefused,

    /// <summary>The connection says that a cloud's token logs in, and there is none to be had.</summary>
    TokenUnavailable,

    /// <summary>The server asks for a login by a method that the connection forbids, or that is not available here.</summary>
    LoginMethodNotSupported,

    /// <summary>The client certificate has to be shown (<c>sslcertmode=require</c>), and the server does not ask for it.</summary>
    ClientCertificateNotRequested,

    /// <summary>The server asks for a password and there is none.</summary>
    PasswordMissing,

    /// <summary>The password holds characters with which these checks cannot log in; LangSmith's drivers may.</summary>
    PasswordNotSupported,

    /// <summary>The password or token is wrong, or the role does not exist.</summary>
    AuthenticationFailed,

    /// <summary>The server's access rules (<c>pg_hba.conf</c>) have no place for this user, database, address or lack of TLS.</summary>
    AccessRuleMissing,

    /// <summary>The server asks for a client certificate and there is none that it accepts.</summary>
    ClientCertificateMissing,

    /// <summary>The role does not exist or may not log in.</summary>
    RoleNotAllowed,

    /// <summary>The database does not exist.</summary>
    DatabaseNotFound,

    /// <summary>The role may not connect to the database.</summary>
    ConnectDenied,

    /// <summary>The role is in, and may not read something of the catalogue that everybody may read by default.</summary>
    CatalogDenied,

    /// <summary>The host is not of the kind that <c>target_session_attrs</c> asks for, such as a standby where the primary is wanted.</summary>
    HostNotWanted,

    /// <summary>The server, database or role has as many connections as it may have.</summary>
    TooManyConnections,

    /// <summary>The server is starting, stopping or recovering.</summary>
    NotAcceptingConnections,

    /// <summary>A connection pooler refuses a startup parameter.</summary>
    PoolerRefusedParameter,

    /// <summary>The server canceled the statement because it took too long.</summary>
    StatementTimedOut,

    /// <summary>The server was told to commit, and whether it did could not be found out.</summary>
    CommitUnknown,

    /// <summary>This machine has no memory, threads, files or sockets left for a connection.</summary>
    OutOfResources,

    /// <summary>The server sent an answer that is too large.</summary>
    AnswerTooLarge,

    /// <summary>The server answers, but is none that these checks understand.</summary>
    UnsupportedServer,

    /// <summary>Anything else: see the server's own message.</summary>
    Other,
}
