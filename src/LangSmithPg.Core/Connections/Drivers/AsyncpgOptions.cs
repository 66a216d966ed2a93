namespace LangSmithPg.Connections.Drivers;

/// <summary>
/// What asyncpg checks once the text is split. Source: asyncpg 0.31, the second half of <c>_parse_connect_dsn_and_args</c>.
/// </summary>
static class AsyncpgOptions
{
    /// <summary>What it says of <c>sslrootcert=system</c>.</summary>
    public const string NoFileOfRoots = "it looks for a file named 'system' (FileNotFoundError)";

    static readonly Dictionary<string, string[]> Choices = new(StringComparer.Ordinal)
    {
        ["gsslib"] = ["gssapi", "sspi"],
        ["sslmode"] = [.. SslModeNames.All, "verify_ca", "verify_full"],
        ["sslnegotiation"] = ["postgres", "direct"],
        ["target_session_attrs"] = ["any", "primary", "standby", "prefer-standby", "read-write", "read-only"],
    };

    static readonly string[] TlsVersions =
    [
        "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3", "TLSv1_1", "TLSv1_2", "TLSv1_3", "MINIMUM_SUPPORTED", "MAXIMUM_SUPPORTED",
    ];

    /// <summary>Whether every value is one that asyncpg takes; else the reading is refused.</summary>
    public static bool Check(DriverParseResult reading)
    {
        foreach (var (name, allowed) in Choices)
        {
            if (reading[name] is { } value && !allowed.Contains(value.Text, StringComparer.Ordinal))
            {
                return reading.Refuse(value.Span, $"'{name}' has a value that it does not support", "Use a value from the PostgreSQL documentation.");
            }
        }

        if (reading[ParameterNames.SslMode]?.Text.Replace('_', '-') is not { } text || SslModeNames.FromText(text) is not { } mode)
        {
            mode = reading.Hosts.Count > 0 && reading.Hosts.TrueForAll(host => host.Name.Text.StartsWith('/')) ? SslMode.Disable : SslMode.Prefer;
        }

        if (mode >= SslMode.Require && reading[ParameterNames.SslRootCert] is { Text: ParameterNames.SystemRoots } roots)
        {
            return reading.Refuse(
                roots.Span, NoFileOfRoots,
                "LangSmith documents sslrootcert=system for customTls and must translate it; otherwise, specify a file with CA certificates.");
        }

        foreach (var name in new[] { "ssl_min_protocol_version", "ssl_max_protocol_version" })
        {
            if (mode >= SslMode.Allow && reading[name] is { } version && !TlsVersions.Contains(version.Text, StringComparer.Ordinal))
            {
                return reading.Refuse(version.Span, $"'{name}' has a value that it does not support", "Use TLSv1.2 or TLSv1.3.");
            }
        }

        return true;
    }
}
