using System.Collections.Frozen;

namespace LangSmithPg.Connections;

/// <summary>The parameters that libpq knows. Source: PostgreSQL 18 documentation, "Parameter Key Words".</summary>
public static class ParameterNames
{
    /// <summary>TLS mode.</summary>
    public const string SslMode = "sslmode";

    /// <summary>File with trusted authorities, or <see cref="SystemRoots"/>.</summary>
    public const string SslRootCert = "sslrootcert";

    /// <summary>The value of <see cref="SslRootCert"/> that means the authorities which the system trusts.</summary>
    public const string SystemRoots = "system";

    static readonly FrozenSet<string> Known = new[]
    {
        "application_name", "channel_binding", "client_encoding", "connect_timeout", "dbname", "fallback_application_name",
        "gssdelegation", "gssencmode", "gsslib", "host", "hostaddr", "keepalives", "keepalives_count", "keepalives_idle",
        "keepalives_interval", "krbsrvname", "load_balance_hosts", "max_protocol_version", "min_protocol_version",
        "oauth_client_id", "oauth_client_secret", "oauth_issuer", "oauth_scope", "options", "passfile", "password", "port",
        "replication", "require_auth", "requirepeer", "scram_client_key", "scram_server_key", "service",
        "ssl_max_protocol_version", "ssl_min_protocol_version", "sslcert", "sslcertmode", "sslcompression", "sslcrl", "sslcrldir",
        "sslkey", "sslkeylogfile", "sslmode", "sslnegotiation", "sslpassword", "sslrootcert", "sslsni", "target_session_attrs",
        "tcp_user_timeout", "user",
    }.ToFrozenSet(StringComparer.Ordinal);

    static readonly FrozenSet<string> Secrets =
        new[] { "oauth_client_secret", "password", "scram_client_key", "scram_server_key", "sslpassword" }
        .ToFrozenSet(StringComparer.Ordinal);

    // How certificates are verified, and the files that they lie in.
    internal static bool IsAboutCertificates(string name) => name is SslMode or SslRootCert or "sslcert" or "sslkey" or "sslpassword";

    // Files on the machine of whoever connects.
    internal static bool NamesFile(string name) => name is SslRootCert or "sslcert" or "sslkey" or "sslcrl" or "sslcrldir" or "passfile";

    internal static IEnumerable<string> All => Known;

    /// <summary>Whether libpq knows the parameter; drivers send any other name to the server as a setting.</summary>
    /// <param name="name">The name, in lower case.</param>
    public static bool IsKnown(string name) => Known.Contains(name);

    /// <summary>Whether the value of the parameter must never be shown.</summary>
    /// <param name="name">The name, in lower case.</param>
    public static bool IsSecret(string name) => Secrets.Contains(name);
}
