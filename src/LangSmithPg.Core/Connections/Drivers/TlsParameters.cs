using LangSmithPg.Connections.Parsing;

namespace LangSmithPg.Connections.Drivers;

/// <summary>
/// What a driver's TLS parameters come to, against what was meant.
/// Source: libpq "SSL Support", asyncpg's connect_utils.py and configTLS of pgx's config.go.
/// </summary>
static class TlsParameters
{
    public static DriverDifference? Compare(PgDriver driver, DriverParseResult reading, PgConnectionString meant)
    {
        var mode = reading[ParameterNames.SslMode];
        if (ModeOf(mode) != meant.SslMode)
        {
            return new(ConnectionPart.Tls, "It reads a different sslmode.", mode?.Span);
        }

        var roots = reading[ParameterNames.SslRootCert];
        if (NullIfEmpty(roots?.Text) != NullIfEmpty(meant[ParameterNames.SslRootCert]))
        {
            return new(ConnectionPart.Tls, "It reads a different sslrootcert.", roots?.Span);
        }

        return driver == PgDriver.Pgx && meant.UsesSystemRootCertificate && meant.SslMode is { } weak and not SslMode.VerifyFull
            ? new(ConnectionPart.Tls, $"With sslrootcert=system it verifies the certificate in full, whatever sslmode={weak.ToText()} says.", roots?.Span)
            : null;
    }

    public static IEnumerable<string> Remarks(PgDriver driver, PgConnectionString meant)
    {
        var roots = NullIfEmpty(meant[ParameterNames.SslRootCert]);
        if (roots == ParameterNames.SystemRoots)
        {
            if (meant.SslMode is null && driver != PgDriver.Asyncpg)
            {
                yield return "With sslrootcert=system and no sslmode it verifies the certificate in full.";
            }

            if (driver == PgDriver.Libpq)
            {
                yield return "Before version 16 it looks for a file named 'system'.";
            }

            if (driver == PgDriver.Asyncpg && meant.SslMode is null or < SslMode.Require)
            {
                yield return "It ignores sslrootcert unless sslmode is require or stronger.";
            }
        }
        else if (roots is not null && meant.SslMode == SslMode.Require)
        {
            yield return "With sslrootcert it verifies the issuing CA even with sslmode=require, as verify-ca does.";
        }
        else if (roots is null && meant.SslMode >= SslMode.VerifyCa)
        {
            yield return driver == PgDriver.Pgx
                ? "Without sslrootcert it trusts the CAs of its machine."
                : "Without sslrootcert it looks for the file ~/.postgresql/root.crt and does not connect if the file does not exist.";
        }
    }

    // asyncpg takes an underscore for the hyphen.
    static SslMode? ModeOf(Part? text) => text is { } part ? SslModeNames.FromText(part.Text.Replace('_', '-')) : null;

    static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
