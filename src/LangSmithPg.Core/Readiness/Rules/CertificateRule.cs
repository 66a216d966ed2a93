using System.Security.Cryptography.X509Certificates;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Connections.Drivers;
using LangSmithPg.Findings;
using LangSmithPg.Servers;
using LangSmithPg.Tls;

namespace LangSmithPg.Readiness.Rules;

/// <summary>Whether the server's certificate will do for verification, today and in a month, whatever the mode is by now.</summary>
sealed class CertificateRule : IReadinessRule
{
    const int WarningDays = 30;

    static readonly (PgDriver Driver, string Name)[] Drivers =
        [(PgDriver.Libpq, "libpq"), (PgDriver.Asyncpg, "asyncpg"), (PgDriver.Pgx, "pgx")];

    public IEnumerable<Finding> Evaluate(ReadinessInput input)
    {
        if (input.Tls is not { Chain: { } chain } tls)
        {
            return ((string[])["Tls.Validity", "Tls.HostName", "Tls.Authority", "Tls.Drivers"]).Select(id =>
                input.Finding(id, FindingStatus.NotApplicable, "Without TLS, there is no certificate.") with { Why = "Only with TLS does the server prove its identity." });
        }

        var now = new DateTimeOffset(input.Today.ToDateTime(TimeOnly.MaxValue), TimeSpan.Zero);
        return input.Requirements.HasCertificateSettings
            ? [EvaluateValidity(input, chain, now), EvaluateHostName(input, chain), EvaluateAuthority(input, tls, chain, now), EvaluateDrivers(input, tls, chain)]
            : [EvaluateValidity(input, chain, now), EvaluateHostName(input, chain), EvaluatePublicAuthority(input, chain, now)];
    }

    static Finding EvaluateValidity(ReadinessInput input, ServerChain chain, DateTimeOffset now)
    {
        var problem = ValidityCheck.Check(chain.Certificate, now, TimeSpan.FromDays(WarningDays), "Renew the server's certificate; a cloud provider renews it during maintenance.")
            .FirstOrDefault();
        var status = problem?.Kind switch
        {
            null => FindingStatus.Pass,
            CertificateProblemKind.ExpiresSoon => FindingStatus.Warning,
            // Who does not verify does not notice.
            _ => input.Connection.SslMode >= SslMode.VerifyCa ? FindingStatus.Fail : FindingStatus.Warning,
        };
        return input.Finding("Tls.Validity", status, problem?.Message ?? $"The server's certificate is valid until {chain.Certificate.Ends():yyyy-MM-dd}.") with
        {
            Evidence = $"Subject {chain.Certificate.ShownSubject()}, issuer {chain.Certificate.ShownIssuer()}",
            Why = problem?.Kind == CertificateProblemKind.Expired
                ? "Since that date, pods that verify the certificate cannot connect."
                : "After that date, pods that verify the certificate cannot connect.",
            Fix = problem?.Fix,
        };
    }

    static Finding EvaluateHostName(ReadinessInput input, ServerChain chain)
    {
        var host = input.Connection.HostName;
        var isForAll = chain.IsForInEveryDriver(host);
        var isFor = chain.IsFor(host);
        return input.Finding(
            "Tls.HostName", isForAll ? FindingStatus.Pass : isFor && input.Connection.SslMode == SslMode.VerifyFull ? FindingStatus.Fail : FindingStatus.Warning,
            isForAll ? $"The server's certificate is for {host}."
            : isFor ? $"The server's certificate is for {host} as libpq reads it, but not as every driver in LangSmith's pods reads it."
            : $"The server's certificate is not for {host}.") with
        {
            Evidence = $"It is for {(chain.Names.Count > 0 ? string.Join(", ", chain.Names) : "no host")}.",
            Why = "sslmode=verify-full connects only by a name that is in the certificate; Go (pgx) ignores the common name, and Python ignores wildcards such as *.local.",
            Fix = isForAll ? null : !isFor && chain.Names.Count > 0 ? $"Connect with the host name {chain.Names[0]}." : "Have a certificate issued with the host in its subject alternative names.",
        };
    }

    static Finding EvaluateAuthority(ReadinessInput input, ClientTls tls, ServerChain chain, DateTimeOffset now)
    {
        var time = TimeOfAuthority(chain, now);
        var byPublic = chain.Evaluate(authorities: null, time);
        var byGiven = tls.Authorities is null ? byPublic : chain.Evaluate(tls.Authorities, time);
        var (message, fix) = (byPublic, byGiven) switch
        {
            (ChainTrust.Trusted, _) => ("The server's certificate was issued by a public certificate authority (CA).", null),
            (_, ChainTrust.Trusted) => ("The server's certificate was issued by the certificate authority (CA) that was specified; the pods need its certificate too (config.customCa).", null),
            (_, ChainTrust.NotForServers) => (
                "The server's certificate is not a server certificate: its extended key usage lacks serverAuth.", CertificatePolicy.Explain(byGiven).Fix),
            (_, ChainTrust.Expired or ChainTrust.NotYetValid) => (
                "A certificate between the server's certificate and its root has expired or is not valid yet.", "Configure the server to send the CA's new certificate, and trust the new root."),
            _ => (
                "The server's certificate was issued by a certificate authority (CA) that is not public, or an intermediate certificate is missing.",
                "Check with -CaCertificate, and mount the CA certificate in the pods: New-LangSmithCaSecret, then New-LangSmithHelmValues -CaSecret (config.customCa). If an intermediate certificate is missing, configure the server to send it."),
        };
        return input.Finding("Tls.Authority", fix is null ? FindingStatus.Pass : FindingStatus.Warning, message) with
        {
            Evidence = Sent(chain),
            Why = "LangSmith's pods trust only public CAs, unless the chart mounts another CA certificate.",
            Fix = fix,
        };
    }

    // Source: LangChain's Terraform modules, modules/gcp/SMITHDB.md: the services end with InvalidCertificate(UnknownIssuer), the migration does not.
    static Finding EvaluatePublicAuthority(ReadinessInput input, ServerChain chain, DateTimeOffset now)
    {
        var isPublic = chain.Evaluate(authorities: null, TimeOfAuthority(chain, now)) == ChainTrust.Trusted;
        var isMetastore = input.Connection.Purpose == DatabasePurpose.SmithDbMetastore;
        var refused = !isMetastore ? FindingStatus.Unknown : input.Connection.SslMode >= SslMode.Require ? FindingStatus.Fail : FindingStatus.Warning;
        return input.Finding("Tls.Authority", isPublic ? FindingStatus.Pass : refused,
            isPublic ? "The server's certificate was issued by a public certificate authority (CA)."
            : !isMetastore ? "The server's certificate was not issued by a public certificate authority (CA), or an intermediate certificate is missing. Whether SmithDB's migration accepts it is not documented."
            : "SmithDB does not accept the server's certificate, although its migration does: it was not issued by a public certificate authority (CA), or an intermediate certificate is missing.") with
        {
            Evidence = Sent(chain),
            Why = "SmithDB verifies the certificate with public CAs only: the chart mounts no other CA certificate in its pods (config.customCa has no effect on them).",
            Fix = isPublic ? null
                : "Use a server whose certificate was issued by a public CA, or a proxy of the cloud as a sidecar (smithdb.commonInitContainers) and connect to 127.0.0.1 without TLS.",
        };
    }

    // That the server's own certificate is out of date says nothing of who issued it, and Tls.Validity tells of it.
    static DateTimeOffset TimeOfAuthority(ServerChain chain, DateTimeOffset now)
    {
        // To OpenSSL, the last moment is one too late.
        var (begins, ends) = (chain.Certificate.Begins(), chain.Certificate.Ends().AddSeconds(-1));
        return now < begins ? begins : now > ends ? ends : now;
    }

    static string Sent(ServerChain chain) =>
        $"The server sends {string.Join(", then ", chain.Certificates.Select(one => one.ShownName()))}; the last one was issued by {chain.Certificates[^1].ShownIssuer()}.";

    static Finding EvaluateDrivers(ReadinessInput input, ClientTls tls, ServerChain chain)
    {
        var path = chain.PathTo(tls.Authorities);
        var mode = input.Connection.EffectiveSslMode();
        var refusing = Refusing(path, verifies: mode >= SslMode.VerifyCa || tls.Authorities is not null);
        // Who does not verify yet may do so tomorrow.
        var later = refusing.Count > 0 ? refusing : Refusing(path, verifies: true);
        var lacking = Drivers.Where(driver => !DriverLimits.HasCipher(driver.Driver, tls.Cipher)).Select(driver => driver.Name).ToList();
        var (status, message) = (refusing, later, lacking) switch
        {
            // Where TLS is only preferred, it goes on without.
            ({ Count: > 0 }, _, _) => (mode >= SslMode.Require ? FindingStatus.Fail : FindingStatus.Warning, $"Not every driver in LangSmith's pods accepts the server's certificate: {Names(refusing)}."),
            (_, { Count: > 0 }, _) => (FindingStatus.Warning, $"With sslmode=verify-full, not every driver in LangSmith's pods accepts the server's certificate: {Names(later)}."),
            (_, _, { Count: > 0 }) => (FindingStatus.Unknown, $"Whether every driver in LangSmith's pods has a cipher in common with the server is not known: {string.Join(", ", lacking)}."),
            _ => (FindingStatus.Pass, "Every driver in LangSmith's pods accepts a certificate and a cipher of this kind."),
        };
        return input.Finding("Tls.Drivers", status, message) with
        {
            Evidence = later.Count > 0
                ? string.Join(' ', later.Select(one => one.Reason).Distinct())
                : $"Key {chain.Certificate.KeyName()}, cipher {tls.Cipher ?? "not known"}.",
            Why = "OpenSSL (libpq, asyncpg) and Go (pgx) reject weak keys and signatures, and types that they do not support, regardless of the issuer.",
            Fix = status == FindingStatus.Pass ? null
                : later.Count > 0 ? DriverLimits.Remedy
                : "Enable TLS 1.3 or an ECDHE cipher with AES-GCM on the server: leave ssl_max_protocol_version and ssl_ciphers at their defaults.",
        };
    }

    static List<(string Driver, string Reason)> Refusing(IReadOnlyList<X509Certificate2> path, bool verifies) =>
        Drivers.Select(driver => (driver.Name, DriverLimits.Refusal(driver.Driver, path, verifies)!)).Where(one => one.Item2 is not null).ToList();

    static string Names(List<(string Driver, string Reason)> refusing) => string.Join(", ", refusing.Select(one => $"{one.Driver} does not"));
}
