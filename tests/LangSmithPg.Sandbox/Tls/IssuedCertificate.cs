using System.Security.Cryptography.X509Certificates;

namespace LangSmithPg.Sandbox.Tls;

/// <summary>A certificate with its private key, as PEM text.</summary>
/// <param name="CertificatePem">The certificate alone.</param>
/// <param name="IntermediatesPem">The authorities between it and the root, nearest first; empty when the root issued it.</param>
/// <param name="KeyPem">The private key as PKCS #8, not encrypted.</param>
public sealed record IssuedCertificate(string CertificatePem, string IntermediatesPem, string KeyPem)
{
    /// <summary>The certificate followed by its intermediates: what a server or client sends.</summary>
    public string ChainPem => CertificatePem + IntermediatesPem;

    /// <summary>The certificate and key for a server that does not ask for client certificates.</summary>
    public ServerTls ToServerTls() => new(ChainPem, KeyPem);

    /// <summary>The certificate and key for a server that accepts client certificates of one authority.</summary>
    /// <param name="clientAuthority">That authority.</param>
    public ServerTls ToServerTls(CertificateAuthority clientAuthority)
    {
        ArgumentNullException.ThrowIfNull(clientAuthority);
        return new(ChainPem, KeyPem, clientAuthority.CertificatePem);
    }

    /// <summary>The certificate, its key and its intermediates as one PKCS #12 file.</summary>
    /// <param name="password">The password of the file; null for none.</param>
    public byte[] ToPfx(string? password = null)
    {
        using var certificate = X509Certificate2.CreateFromPem(CertificatePem, KeyPem);
        X509Certificate2Collection all = [certificate];
        if (IntermediatesPem.Length > 0)
            all.ImportFromPem(IntermediatesPem);
        return all.Export(X509ContentType.Pkcs12, password)!;
    }
}
