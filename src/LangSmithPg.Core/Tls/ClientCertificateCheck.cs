namespace LangSmithPg.Tls;

/// <summary>Whether a client certificate will get LangSmith into a PostgreSQL server. Source: PostgreSQL documentation, "Certificate Authentication".</summary>
static class ClientCertificateCheck
{
    const string Renewal = "Renew it, and create the Secret again.";

    /// <summary>What is wrong with a client certificate, errors and warnings.</summary>
    /// <param name="client">The certificate.</param>
    /// <param name="userName">The database user that is to log in with it, or null when it is not known.</param>
    /// <param name="now">The time of the check.</param>
    /// <param name="warning">How long before its end to warn.</param>
    public static IReadOnlyList<CertificateProblem> Check(ClientCertificate client, string? userName, DateTimeOffset now, TimeSpan warning)
    {
        ArgumentNullException.ThrowIfNull(client);
        return [.. Evaluate(client, userName, now, warning)];
    }

    static IEnumerable<CertificateProblem> Evaluate(ClientCertificate client, string? userName, DateTimeOffset now, TimeSpan warning)
    {
        var name = client.Certificate.ShownName();
        foreach (var problem in client.Intermediates.Prepend(client.Certificate).SelectMany(one => ValidityCheck.Check(one, now, warning, Renewal)))
        {
            yield return problem;
        }

        if (!client.Certificate.IsForClients())
        {
            yield return CertificateProblem.Error(
                CertificateProblemKind.NotForClients, name, "The certificate is not for clients: its extended key usage lacks clientAuth.",
                "Have a certificate issued with extendedKeyUsage = clientAuth.");
        }

        if (!client.Certificate.HasCommonKey())
        {
            yield return CertificateProblem.Error(
                CertificateProblemKind.KeyUnsupported, name, "The key uses a curve that not every TLS library in LangSmith's pods supports.",
                "Use RSA, or EC on the curve P-256, P-384 or P-521.");
        }

        if (userName is not null && client.CommonName != userName)
        {
            yield return CertificateProblem.Warning(
                CertificateProblemKind.UserMismatch, name,
                $"The common name of the certificate is {(client.CommonName is null ? "missing" : name)}, and the database user is {userName}.",
                $"Have a certificate issued for CN={userName}, or map the name on the server (map= in pg_hba.conf, and pg_ident.conf).");
        }

        if (client.Certificate.Weakness() is { } weakness)
        {
            yield return CertificateProblem.Warning(CertificateProblemKind.Weak, name, weakness, "Current TLS libraries may reject it: renew it.");
        }

        foreach (var unrelated in client.Unrelated)
        {
            yield return CertificateProblem.Warning(
                CertificateProblemKind.Unrelated, unrelated.ShownName(), "The certificate belongs to another chain and is omitted.", "No action is required.");
        }
    }
}
