using LangSmithPg.Connections;
using LangSmithPg.Servers;
using LangSmithPg.Tls;

namespace LangSmithPg.Readiness.Rules;

/// <summary>Whether the server's certificate will do for verification, today and in a month, whatever the mode is by now.</summary>
sealed class CertificateRule : IReadinessRule
{
    const int WarningDays = 30;

    public IEnumerable<Finding> Judge(ReadinessInput input)
    {
        if (input.Tls is not { Chain: { } chain } tls)
        {
            return ((string[])["Tls.Validity", "Tls.HostName", "Tls.Authority"]).Select(id =>
                input.Finding(id, FindingStatus.NotApplicable, "There is no certificate without TLS.") with { Why = "Only with TLS does the server prove who it is." });
        }

        var now = new DateTimeOffset(input.Today.ToDateTime(TimeOnly.MaxValue), TimeSpan.Zero);
        return [JudgeValidity(input, chain, now), JudgeHostName(input, chain), JudgeAuthority(input, tls, chain, now)];
    }

    static Finding JudgeValidity(ReadinessInput input, ServerChain chain, DateTimeOffset now)
    {
        var problem = ValidityCheck.Check(chain.Certificate, now, TimeSpan.FromDays(WarningDays), "Renew the server's certificate; a cloud does it by itself when its maintenance is due.")
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
            Why = "From its last day on, every pod that verifies the certificate is refused.",
            Fix = problem?.Fix,
        };
    }

    static Finding JudgeHostName(ReadinessInput input, ServerChain chain)
    {
        var host = input.Connection.HostName;
        var isForAll = chain.IsForInEveryDriver(host);
        var isFor = chain.IsFor(host);
        return input.Finding(
            "Tls.HostName", isForAll ? FindingStatus.Pass : isFor && input.Connection.SslMode == SslMode.VerifyFull ? FindingStatus.Fail : FindingStatus.Warning,
            isForAll ? $"The server's certificate is for {host}."
            : isFor ? $"The server's certificate is for {host} as libpq reads it, and not as every driver in LangSmith's pods does."
            : $"The server's certificate is not for {host}.") with
        {
            Evidence = $"It is for {(chain.Names.Count > 0 ? string.Join(", ", chain.Names) : "no host at all")}.",
            Why = "sslmode=verify-full connects only by a name that the certificate holds; Go (pgx) passes over the common name, and Python over wildcards such as *.local.",
            Fix = isForAll ? null : !isFor && chain.Names.Count > 0 ? $"Connect by the name {chain.Names[0]}." : "Have a certificate issued with the host in its subject alternative names.",
        };
    }

    static Finding JudgeAuthority(ReadinessInput input, ClientTls tls, ServerChain chain, DateTimeOffset now)
    {
        var last = chain.Certificates[^1];
        // That the server's own certificate is out of date says nothing of who issued it, and Tls.Validity tells of it.
        // To OpenSSL, the last moment is one too late.
        var (begins, ends) = (chain.Certificate.Begins(), chain.Certificate.Ends().AddSeconds(-1));
        var time = now < begins ? begins : now > ends ? ends : now;
        var byPublic = chain.Judge(authorities: null, time);
        var byGiven = tls.Authorities is null ? byPublic : chain.Judge(tls.Authorities, time);
        var (message, fix) = (byPublic, byGiven) switch
        {
            (ChainTrust.Trusted, _) => ("The server's certificate comes from a public authority.", null),
            (_, ChainTrust.Trusted) => ("The server's certificate comes from the authority that was given; the pods need it too (config.customCa).", null),
            (_, ChainTrust.NotForServers) => (
                "The server's certificate is not for servers: its extended key usage lacks serverAuth.", "Have one issued with extendedKeyUsage = serverAuth."),
            (_, ChainTrust.Expired or ChainTrust.NotYetValid) => (
                "A certificate between the server's own and its root is out of date.", "Let the server send the authority's new certificate, and trust the new root."),
            _ => (
                "The server's certificate comes from an authority that is not public, or an intermediate certificate is missing.",
                "Check with -CaCertificate, and mount the authority in the pods: New-LangSmithCaSecret, then New-LangSmithPgHelmValues -CaSecret (config.customCa). Where an intermediate is missing, let the server send it."),
        };
        return input.Finding("Tls.Authority", fix is null ? FindingStatus.Pass : FindingStatus.Warning, message) with
        {
            Evidence = $"The server sends {string.Join(", then ", chain.Certificates.Select(one => one.ShownName()))}; the last one was issued by {last.ShownIssuer()}.",
            Why = "LangSmith's pods trust public authorities alone, unless the chart mounts another one.",
            Fix = fix,
        };
    }
}
