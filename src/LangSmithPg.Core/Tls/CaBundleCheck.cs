using System.Security.Cryptography.X509Certificates;

namespace LangSmithPg.Tls;

/// <summary>Whether a bundle of authorities does what it is for. Source: RFC 5280; OpenSSL documentation, openssl-verification-options.</summary>
static class CaBundleCheck
{
    const string Renewal = "Get the CA's new certificate, and remove the old one.";

    /// <summary>What is wrong with a bundle, errors and warnings.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="now">The time of the check.</param>
    /// <param name="warning">How long before the end of a certificate to warn.</param>
    public static IReadOnlyList<CertificateProblem> Check(CaBundle bundle, DateTimeOffset now, TimeSpan warning)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        return [.. bundle.Certificates.SelectMany(certificate => Check(certificate, bundle, now, warning))];
    }

    static IEnumerable<CertificateProblem> Check(X509Certificate2 certificate, CaBundle bundle, DateTimeOffset now, TimeSpan warning)
    {
        var name = certificate.ShownName();
        foreach (var problem in ValidityCheck.Check(certificate, now, warning, Renewal))
        {
            yield return problem;
        }

        if (!certificate.IsAuthority())
        {
            yield return certificate.IsSelfIssued()
                ? CertificateProblem.Warning(
                    CertificateProblemKind.SelfSigned, name, "The certificate is self-signed and is not a CA certificate.",
                    "It is trusted only while the server presents this certificate; have a certificate issued by a CA.")
                : CertificateProblem.Error(
                    CertificateProblemKind.NotAnAuthority, name, "The certificate is not a CA certificate.",
                    $"Specify the certificate of its issuer: {certificate.ShownIssuer()}.");
        }
        else if (!certificate.IsSelfIssued() && !bundle.Certificates.Any(certificate.IsIssuedBy))
        {
            yield return CertificateProblem.Warning(
                CertificateProblemKind.IssuerMissing, name, "The certificate of its issuer is not in the bundle.",
                $"Add {certificate.ShownIssuer()}: OpenSSL trusts a chain only if it ends in a root certificate.");
        }

        if (certificate.Weakness() is { } weakness)
        {
            yield return CertificateProblem.Warning(CertificateProblemKind.Weak, name, weakness, "Current TLS libraries may reject it: renew it.");
        }
    }
}
