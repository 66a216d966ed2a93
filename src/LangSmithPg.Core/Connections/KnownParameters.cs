namespace LangSmithPg.Connections;

/// <summary>
/// All parameters that libpq knows, and what becomes of each. Source: PostgreSQL 18 documentation, "Parameter Key Words", and
/// src/interfaces/libpq/fe-connect.c.
/// </summary>
static class KnownParameters
{
    static readonly string[] TlsVersions = ["", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"];

    static readonly string[] ProtocolVersions = ["3.0", "3.2", "latest"];

    const string NoGss = "these checks do not log in with GSSAPI";
    const string NoOAuth = "these checks do not log in with OAuth";
    const string OwnLimits = "-TimeoutSeconds limits the time of each operation";

    /// <summary>The table, in the order of the names.</summary>
    public static IReadOnlyList<KnownParameter> All { get; } =
    [
        Harmless("application_name", "the checks set it to LangSmithPg"),
        Honored("channel_binding", "'require' allows only SCRAM logins that are bound to the TLS connection", ["disable", "prefer", "require"]),
        Harmless("client_encoding", "the checks use UTF-8"),
        Harmless("connect_timeout", OwnLimits),
        Honored("dbname", "the database"),
        Harmless("fallback_application_name", "the checks set it to LangSmithPg"),
        Harmless("gssdelegation", NoGss),
        new("gssencmode", ParameterUse.Refused, "these checks do not support GSSAPI encryption") { Values = ["disable", "prefer", "require"], IdleValues = ["disable", "prefer"] },
        Harmless("gsslib", NoGss),
        Honored("host", "the server"),
        Refused("hostaddr", "these checks connect by host name, and asyncpg and pgx do not support it"),
        Harmless("keepalives", OwnLimits),
        Harmless("keepalives_count", OwnLimits),
        Harmless("keepalives_idle", OwnLimits),
        Harmless("keepalives_interval", OwnLimits),
        Harmless("krbsrvname", NoGss),
        Harmless("load_balance_hosts", "several hosts are tried in order") with { Values = ["disable", "random"] },
        Harmless("max_protocol_version", "the checks use protocol version 3.0, which every server supports") with { Values = ProtocolVersions },
        new("min_protocol_version", ParameterUse.Refused, "the checks use protocol version 3.0") { Values = ProtocolVersions, IdleValues = ["3.0"] },
        Harmless("oauth_client_id", NoOAuth),
        Harmless("oauth_client_secret", NoOAuth) with { IsSecret = true },
        Harmless("oauth_issuer", NoOAuth),
        Harmless("oauth_scope", NoOAuth),
        Honored("options", "the settings of the session"),
        Harmless("passfile", "password files are not read: LangSmith's pods do not have them") with { NamesFile = true },
        Honored("password", "the password") with { IsSecret = true },
        Honored("port", "the port"),
        new("replication", ParameterUse.Refused, "a replication session does not support the queries of these checks") { IdleValues = ["false", "off", "no", "0"] },
        Honored("require_auth", "only these login methods are allowed"),
        Harmless("requirepeer", "libpq ignores it for TCP connections too"),
        Refused("scram_client_key", "these checks log in with a password") with { IsSecret = true },
        Refused("scram_server_key", "these checks log in with a password") with { IsSecret = true },
        Refused("service", "service files are not read: LangSmith's pods do not have them"),
        Honored("ssl_max_protocol_version", "no later version of TLS", TlsVersions),
        Honored("ssl_min_protocol_version", "no earlier version of TLS, and none before 1.2", TlsVersions),
        Honored("sslcert", "the client certificate") with { NamesFile = true },
        Honored("sslcertmode", "whether the client certificate can or must be presented", ["disable", "allow", "require"]),
        Harmless("sslcompression", "TLS no longer supports compression"),
        Refused("sslcrl", "these checks do not read certificate revocation lists (CRLs)") with { NamesFile = true },
        Refused("sslcrldir", "these checks do not read certificate revocation lists (CRLs)") with { NamesFile = true },
        Honored("sslkey", "the client certificate's key") with { NamesFile = true },
        Harmless("sslkeylogfile", "TLS keys are not written"),
        Honored("sslmode", "the TLS mode", SslModeNames.All),
        Honored("sslnegotiation", "whether TLS starts without a PostgreSQL request first", ["postgres", "direct"]),
        Honored("sslpassword", "the password of the client certificate's key") with { IsSecret = true },
        Honored("sslrootcert", "the CA certificates that are trusted") with { NamesFile = true },
        Honored("sslsni", "whether the host name is sent in the TLS handshake"),
        Honored("target_session_attrs", "which type of server is accepted", ["any", "read-write", "read-only", "primary", "standby", "prefer-standby"]),
        Harmless("tcp_user_timeout", OwnLimits),
        Honored("user", "the user"),
    ];

    static readonly Dictionary<string, KnownParameter> ByName = All.ToDictionary(one => one.Name, StringComparer.Ordinal);

    /// <summary>A parameter by its name, or null when libpq does not know it.</summary>
    /// <param name="name">The name, in lower case.</param>
    public static KnownParameter? Find(string name) => ByName.GetValueOrDefault(name);

    static KnownParameter Honored(string name, string why, IReadOnlyList<string>? values = null) => new(name, ParameterUse.Honored, why) { Values = values };

    static KnownParameter Harmless(string name, string why) => new(name, ParameterUse.Harmless, why);

    static KnownParameter Refused(string name, string why) => new(name, ParameterUse.Refused, why);
}
