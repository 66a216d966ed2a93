using LangSmithPg.Connections;

namespace LangSmithPg.Servers;

/// <summary>
/// What a connection demands before anything may be sent: parameters that protect are kept to as libpq keeps to them, or there is no
/// connection.
/// </summary>
static class ParameterRequirements
{
    const string Unsent = "Nothing was sent to the server.";

    /// <summary>Why there must be no connection, or null.</summary>
    /// <param name="connection">The connection, as it is to be made.</param>
    /// <param name="hasClientCertificate">Whether a client certificate is given beside it.</param>
    public static ConnectionFailure? Check(PgConnectionString connection, bool hasClientCertificate)
    {
        ArgumentNullException.ThrowIfNull(connection);
        foreach (var parameter in connection.Parameters)
        {
            if (KnownParameters.Find(parameter.Name) is { } known && Check(known, parameter.Reveal(), connection.EffectiveSslMode()) is { } failure)
            {
                return failure;
            }
        }

        return CheckTogether(connection, hasClientCertificate);
    }

    /// <summary>Why a token must not be sent, or null: whoever has it logs in, to other servers too.</summary>
    /// <param name="connection">The connection, as it is to be made.</param>
    public static ConnectionFailure? CheckToken(PgConnectionString connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return connection.EffectiveSslMode() >= SslMode.Require ? null : new(
            ConnectionFailureKind.TokenWithoutTls, $"sslmode={connection.EffectiveSslMode().ToText()} can send the access token without encryption.",
            $"Use sslmode=require or, better, verify-full: anyone who has the token can log in with it. {Unsent}");
    }

    static ConnectionFailure? Check(KnownParameter known, string value, SslMode mode)
    {
        if (!known.Takes(value))
        {
            return Refuse(known.Name, "libpq does not support its value", $"Use one of {string.Join(", ", known.Values!.Where(one => one.Length > 0))}.");
        }

        // Without TLS there is nothing to look up in a list of revoked certificates.
        var isIdle = value.Length == 0 || known.IdleValues.Contains(value) || (known.Name is "sslcrl" or "sslcrldir" && mode == SslMode.Disable);
        return known.Use == ParameterUse.Refused && !isIdle ? Refuse(known.Name, known.Why, $"Remove {known.Name} to check the connection without it.") : null;
    }

    static ConnectionFailure? CheckTogether(PgConnectionString connection, bool hasClientCertificate)
    {
        var mode = connection.EffectiveSslMode();
        var methods = LoginMethods.Of(connection);
        return connection switch
        {
            { UsesSystemRootCertificate: true, SslMode: not null and not SslMode.VerifyFull } => Refuse(
                "sslrootcert=system", $"libpq rejects it with sslmode={connection.SslMode?.ToText()}", "Use sslmode=verify-full, or remove sslrootcert."),
            _ when connection["sslnegotiation"] == "direct" && mode < SslMode.Require => Refuse(
                "sslnegotiation=direct", $"libpq rejects it with sslmode={mode.ToText()}", "Use sslmode=require or stronger, or remove sslnegotiation."),
            _ when TlsVersionRange.Of(connection) is { Allows12: false, Allows13: false } => Refuse(
                "these values of ssl_min_protocol_version and ssl_max_protocol_version", "they allow no TLS version from 1.2 on", "Use TLSv1.2 or TLSv1.3, the minimum not above the maximum."),
            _ when methods is null => Refuse(
                "require_auth", "libpq cannot parse its list",
                "Name each method once, separated by commas without spaces, and either all or none of them with '!': password, md5, gss, sspi, scram-sha-256, oauth, none."),
            _ when methods.Count == 0 => Refuse(
                connection["channel_binding"] == "require" ? "require_auth with channel_binding=require" : "require_auth", "none of the methods that it allows is supported here",
                "Allow scram-sha-256."),
            _ when connection["sslcertmode"] == "require" && !hasClientCertificate && connection["sslcert"] is not { Length: > 0 } => Refuse(
                "sslcertmode=require", "no client certificate is specified", "Specify one with -ClientCertificate, or with sslcert and sslkey."),
            _ => null,
        };
    }

    static ConnectionFailure Refuse(string what, string why, string fix) => new(
        ConnectionFailureKind.ParameterNotSupported, $"A connection with {what} is not possible: {why}.", $"{fix} {Unsent}");
}
