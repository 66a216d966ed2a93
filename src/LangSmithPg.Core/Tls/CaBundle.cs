using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Serialization;
using LangSmithPg.Tls.Reading;

namespace LangSmithPg.Tls;

/// <summary>Certificates of authorities that are to be trusted. Immutable.</summary>
public sealed class CaBundle
{
    const int MostShown = 3;

    CaBundle(IReadOnlyList<X509Certificate2> certificates) => Certificates = certificates.ToArray();

    /// <summary>The certificates, each once, in the order in which they were given.</summary>
    [JsonIgnore]
    public IReadOnlyList<X509Certificate2> Certificates { get; }

    /// <summary>Makes a bundle of certificates.</summary>
    /// <param name="certificates">The certificates; what comes twice is taken once.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static CaBundle Of(IEnumerable<X509Certificate2> certificates)
    {
        IReadOnlyList<X509Certificate2> distinct = [.. certificates.DistinctBy(certificate => certificate.Thumbprint)];
        return distinct.Count > 0 ? new(distinct) : throw new ArgumentException("No certificate is specified.", nameof(certificates));
    }

    /// <summary>Reads a bundle from a file (PEM, DER or PKCS #7), or from all files in a folder.</summary>
    /// <param name="path">Path of the file or folder.</param>
    /// <exception cref="CertificateException">A file cannot be used.</exception>
    public static CaBundle Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Directory.Exists(path)
            ? ReadFolder(path)
            : Parse(CertificateFile.Open(path));
    }

    /// <summary>Reads a bundle from the bytes of a file.</summary>
    /// <param name="bytes">PEM, DER or PKCS #7.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <exception cref="CertificateException">The bytes cannot be used.</exception>
    public static CaBundle Parse(byte[] bytes, string source) => Parse(CertificateFile.From(bytes, source));

    /// <summary>This bundle and another one behind it.</summary>
    /// <param name="other">The other bundle.</param>
    public CaBundle With(CaBundle other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Of(Certificates.Concat(other.Certificates));
    }

    /// <summary>The certificates as PEM with an empty line between them, as the chart's pods read them.</summary>
    public string ToPem()
    {
        var pem = new StringBuilder();
        foreach (var certificate in Certificates)
        {
            pem.Append(pem.Length > 0 ? "\n" : "").Append(certificate.ExportCertificatePem()).Append('\n');
        }

        return pem.ToString();
    }

    /// <summary>Says who they are, or how many.</summary>
    public override string ToString() =>
        string.Join(", ", Certificates.Take(MostShown).Select(certificate => certificate.ShownName()))
        + (Certificates.Count > MostShown ? $" and {Certificates.Count - MostShown} more" : "");

    static CaBundle ReadFolder(string path)
    {
        // In the order of their names, so that the same folder always makes the same bundle.
        var files = Directory.GetFiles(path).Order(StringComparer.Ordinal).ToList();
        return files.Count > 0
            ? Of(files.SelectMany(file => Parse(CertificateFile.Open(file)).Certificates))
            : throw new CertificateException(CertificateProblemKind.CertificateMissing, path, "The folder is empty.", "Check the path.");
    }

    static CaBundle Parse(CertificateFile file)
    {
        if (file.IsPem && PemText.Read(file.Text!, file.Source).FirstOrDefault(block => block.IsPrivateKey && block.Label != "OPENSSH PRIVATE KEY") is { } key)
        {
            throw new CertificateException(
                CertificateProblemKind.PrivateKeyInside, file.Source, $"The file contains a private key on line {key.Line}: everyone who can read the bundle could read the key.",
                "Remove it, and consider it compromised if the file has been shared.");
        }

        return Of(CertificateReader.Read(file));
    }
}
