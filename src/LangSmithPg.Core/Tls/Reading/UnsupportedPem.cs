namespace LangSmithPg.Tls.Reading;

/// <summary>Names what is no certificate but lies where certificates do.</summary>
static class UnsupportedPem
{
    /// <summary>Refuses a block that has no place among certificates and their keys; says nothing of those that have.</summary>
    /// <exception cref="CertificateException">It has none.</exception>
    public static void Refuse(PemBlock block, string source)
    {
        if (Explain(block.Label, source) is { } problem)
        {
            throw problem;
        }
    }

    /// <summary>Says what a file without any certificate is.</summary>
    public static CertificateException Explain(CertificateFile file)
    {
        var start = file.Text?.TrimStart() ?? "";
        return start switch
        {
            _ when start.StartsWith("ssh-", StringComparison.Ordinal) || start.StartsWith("ecdsa-sha2-", StringComparison.Ordinal)
                || start.StartsWith("PuTTY-User-Key-File", StringComparison.Ordinal) => SshKey(file.Source),
            _ when start.StartsWith('<') => new(
                CertificateProblemKind.CertificateMissing, file.Source, "The file is a web page or XML, not a certificate.",
                "Download the certificate itself, in PEM."),
            _ => new(
                CertificateProblemKind.CertificateMissing, file.Source, "The file contains no certificate.",
                "Specify a PEM, DER, PKCS #7 or PFX file."),
        };
    }

    static CertificateException? Explain(string label, string source) => label switch
    {
        "CERTIFICATE REQUEST" or "NEW CERTIFICATE REQUEST" => new(
            CertificateProblemKind.IsRequest, source, "This is a certificate request (CSR), not a certificate.",
            "Send it to the CA, and specify the certificate that the CA returns."),
        "OPENSSH PRIVATE KEY" or "SSH2 PUBLIC KEY" or "SSH2 ENCRYPTED PRIVATE KEY" => SshKey(source),
        "X509 CRL" => new(
            CertificateProblemKind.IsRevocationList, source, "This is a certificate revocation list (CRL), not a certificate.",
            "Specify the CA certificate."),
        "TRUSTED CERTIFICATE" => new(
            CertificateProblemKind.Damaged, source, "This is OpenSSL's TRUSTED CERTIFICATE, which other programs cannot read.",
            "Convert it with: openssl x509 -in <file> -out <new file>"),
        _ when label.StartsWith("PGP ", StringComparison.Ordinal) => new(
            CertificateProblemKind.CertificateMissing, source, "This is a PGP key, not a TLS certificate.", "Specify the X.509 certificate of the CA."),
        _ => null,
    };

    static CertificateException SshKey(string source) => new(
        CertificateProblemKind.IsSshKey, source, "This is an SSH key, which TLS does not support.", "Specify the X.509 certificate and its key.");
}
