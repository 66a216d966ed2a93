using System.Security.Cryptography.X509Certificates;
using LangSmithPg.Connections;
using LangSmithPg.Connections.Drivers;

namespace LangSmithPg.Tls;

/// <summary>What each driver would make of a server's certificate in each TLS mode.</summary>
static class TlsVerdicts
{
    static readonly PgDriver[] Drivers = [PgDriver.Libpq, PgDriver.Asyncpg, PgDriver.Pgx];

    /// <summary>All verdicts, from the weakest mode to <c>sslmode=verify-full&amp;sslrootcert=system</c>.</summary>
    /// <param name="chain">What the server shows.</param>
    /// <param name="host">DNS name or address by which it was reached.</param>
    /// <param name="authorities">
    /// Who is trusted: the file that <c>sslrootcert</c> names, and mounted in the pods in place of the system's authorities. Null when no
    /// file is given: the pods trust the public authorities then.
    /// </param>
    /// <param name="now">The time of the check.</param>
    /// <param name="cipher">The cipher suite that the server chose here, or null when it is not known.</param>
    public static IReadOnlyList<TlsVerdict> Evaluate(ServerChain chain, string host, CaBundle? authorities, DateTimeOffset now, string? cipher = null)
    {
        ArgumentNullException.ThrowIfNull(chain);
        var path = chain.PathTo(authorities);
        var trust = chain.Evaluate(authorities, now);
        var verdicts =
            from setting in Enum.GetValues<SslMode>().Select(mode => (Mode: mode, System: false)).Append((Mode: SslMode.VerifyFull, System: true))
            from driver in Drivers
            let verdict = Evaluate(driver, setting.Mode, setting.System, chain, path, host, authorities is not null, trust, cipher)
            select new TlsVerdict(driver, setting.Mode, setting.System, verdict.Outcome, verdict.Reason);
        return verdicts.ToArray();
    }

    static (TlsOutcome Outcome, string Reason) Evaluate(
        PgDriver driver, SslMode mode, bool usesSystemRoots, ServerChain chain, IReadOnlyList<X509Certificate2> path, string host, bool hasFile,
        ChainTrust trust, string? cipher)
    {
        if (mode is SslMode.Disable or SslMode.Allow)
        {
            return (TlsOutcome.Plain, mode == SslMode.Disable ? "The driver does not request TLS." : "The driver requests TLS only if the server rejects a connection without it.");
        }

        if (MissingFile(driver, mode, usesSystemRoots, hasFile) is { } missing)
        {
            return (TlsOutcome.Refused, missing);
        }

        var check = CertificatePolicy.CheckOf(driver, mode, hasFile);
        var reason = check switch
        {
            >= CertificateCheck.Authority when trust != ChainTrust.Trusted => CertificatePolicy.Explain(trust).Reason,
            CertificateCheck.AuthorityAndName when !Matches(driver, chain, host) => chain.Names.Count == 0
                ? "The certificate contains no host name."
                : $"The certificate is not for {host}, but for {string.Join(", ", chain.Names)}.",
            _ => DriverLimits.Refusal(driver, path, verifies: check >= CertificateCheck.Authority),
        };
        if (reason is null && !DriverLimits.HasCipher(driver, cipher))
        {
            return (TlsOutcome.Unknown, $"The server chose {cipher}, which not every build of the driver supports; whether they have another cipher in common is not known.");
        }

        return (check, reason) switch
        {
            // As long as TLS is not insisted on, what fails with it is tried without it.
            (_, not null) when mode == SslMode.Prefer => (TlsOutcome.Plain, $"{reason} The driver continues without TLS."),
            (_, not null) => (TlsOutcome.Refused, reason),
            (CertificateCheck.AuthorityAndName, _) => (TlsOutcome.Verified, "The certificate is trusted and contains the host name."),
            (CertificateCheck.Authority, _) => (TlsOutcome.AuthorityVerified, "The certificate is trusted; the host name is not checked."),
            _ => (TlsOutcome.Encrypted, "The certificate is not checked."),
        };
    }

    static string? MissingFile(PgDriver driver, SslMode mode, bool usesSystemRoots, bool hasFile) => driver switch
    {
        PgDriver.Asyncpg when usesSystemRoots => "asyncpg treats 'system' as a file name; LangSmith translates it if customTls is set.",
        PgDriver.Libpq or PgDriver.Asyncpg when mode >= SslMode.VerifyCa && !usesSystemRoots && !hasFile =>
            "The pods have no file ~/.postgresql/root.crt; specify sslrootcert.",
        _ => null,
    };

    static bool Matches(PgDriver driver, ServerChain chain, string host) => driver switch
    {
        PgDriver.Libpq => ServerNames.MatchInLibpq(chain.Certificate, host),
        PgDriver.Asyncpg => ServerNames.MatchInPython(chain.Certificate, host),
        _ => ServerNames.MatchInGo(chain.Certificate, host),
    };
}
