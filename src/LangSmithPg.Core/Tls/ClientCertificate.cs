using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Serialization;
using LangSmithPg.Common;
using LangSmithPg.Tls.Reading;

namespace LangSmithPg.Tls;

/// <summary>A client certificate with its private key and the authorities between it and its root. Immutable. It never shows its key.</summary>
public sealed class ClientCertificate
{
    readonly Secret _key;

    ClientCertificate(X509Certificate2 leaf, IReadOnlyList<X509Certificate2> intermediates, IReadOnlyList<X509Certificate2> unrelated, AsymmetricAlgorithm key)
    {
        Certificate = leaf;
        Intermediates = intermediates.ToArray();
        Unrelated = unrelated.ToArray();
        _key = Secret.From(key.ExportPkcs8PrivateKeyPem() + "\n")!;
    }

    /// <summary>The certificate, without its key.</summary>
    [JsonIgnore]
    public X509Certificate2 Certificate { get; }

    /// <summary>The authorities that were given with it, nearest first, the root left out.</summary>
    [JsonIgnore]
    public IReadOnlyList<X509Certificate2> Intermediates { get; }

    /// <summary>What was given with it and belongs to other chains.</summary>
    [JsonIgnore]
    public IReadOnlyList<X509Certificate2> Unrelated { get; }

    /// <summary>The common name of its subject, which PostgreSQL compares to the user; or null.</summary>
    public string? CommonName => Certificate.CommonName();

    /// <summary>The certificate and its intermediates as PEM, as libpq, Python and Go send them.</summary>
    public string ToPem() => string.Concat(Intermediates.Prepend(Certificate).Select(one => one.ExportCertificatePem() + "\n"));

    /// <summary>The private key as PEM in PKCS #8, not encrypted: the form that libpq, Python and Go all read.</summary>
    public Secret Key => _key;

    /// <summary>Reads PEM files.</summary>
    /// <param name="certificatePath">File with the certificate and its intermediates in any order; it may hold the key too. DER and PKCS #7 will do as well.</param>
    /// <param name="keyPath">File with the private key, or null when the other one holds it.</param>
    /// <param name="password">Password of the key, or null.</param>
    /// <exception cref="CertificateException">A file cannot be used, or the key belongs to none of the certificates.</exception>
    public static ClientCertificate Read(string certificatePath, string? keyPath, Secret? password)
    {
        var file = CertificateFile.Open(certificatePath);
        if (CertificateReader.IsPfx(file))
        {
            return FromPfx(file, password);
        }

        var certificates = CertificateReader.Read(file);
        using var key = ReadKey(keyPath is null ? file : CertificateFile.Open(keyPath), password);
        return Create(certificates, key, keyPath ?? certificatePath);
    }

    /// <summary>Reads a PFX (PKCS #12) file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="password">Its password, or null.</param>
    /// <exception cref="CertificateException">The file cannot be used.</exception>
    public static ClientCertificate ReadPfx(string path, Secret? password) => FromPfx(CertificateFile.Open(path), password);

    /// <summary>Takes a certificate with its key, such as the Windows certificate store gives.</summary>
    /// <param name="certificate">The certificate; its key must be exportable.</param>
    /// <param name="others">The authorities between it and its root, in any order.</param>
    /// <exception cref="CertificateException">The certificate has no key, or its key may not leave its store.</exception>
    public static ClientCertificate From(X509Certificate2 certificate, IEnumerable<X509Certificate2> others)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var source = certificate.ShownName();
        if (!certificate.HasPrivateKey)
        {
            throw new CertificateException(
                CertificateProblemKind.PrivateKeyMissing, source, "The certificate has no private key on this machine.", "Import it together with its key, or specify a file with the key.");
        }

        using var key = OpenKey(certificate, source);
        return key is null
            ? throw new CertificateException(
                CertificateProblemKind.KeyUnsupported, source, "The private key is neither RSA nor EC.", "Use an RSA or EC key.")
            : Create([.. others.Prepend(certificate).Concat(KnownIssuers(certificate)).DistinctBy(one => one.Thumbprint)], key, source);
    }

    /// <summary>
    /// The certificate with its key, for a TLS connection of this process. Dispose it: on Windows the key lies in the user's key store until
    /// then.
    /// </summary>
    /// <exception cref="CertificateException">Windows does not take the key.</exception>
    public X509Certificate2 ToX509()
    {
        var pair = X509Certificate2.CreateFromPem(Certificate.ExportCertificatePem(), _key.Reveal());
        if (!OperatingSystem.IsWindows())
        {
            return pair;
        }

        // Windows takes no keys for TLS that are in memory alone. This is the only key that is ever written there.
        using (pair)
        {
            try
            {
                return new(pair.Export(X509ContentType.Pkcs12), (string?)null, X509KeyStorageFlags.DefaultKeySet);
            }
            catch (CryptographicException exception)
            {
                throw new CertificateException(
                    CertificateProblemKind.KeyUnsupported, Certificate.ShownName(), $"Windows cannot use the private key for TLS: {exception.Message}",
                    "Run the command as a user whose profile is loaded: Windows stores the key there during the connection.");
            }
        }
    }

    /// <summary>Says whose it is.</summary>
    public override string ToString() => Certificate.ShownSubject();

    // What the machine's stores know of the way to the root, as Windows keeps it beside the certificate.
    static IEnumerable<X509Certificate2> KnownIssuers(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        // No root is wanted, and Windows would fetch one that it does not have.
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.Build(certificate);
        return [.. chain.ChainElements.Skip(1).Select(element => element.Certificate)];
    }

    static ClientCertificate FromPfx(CertificateFile file, Secret? password)
    {
        if (!CertificateReader.IsPfx(file))
        {
            throw UnsupportedPem.Explain(file);
        }

        var all = CertificateReader.ReadPfx(file, password);
        try
        {
            return FromPfx(file, all);
        }
        finally
        {
            // What is kept has been copied. The keys lie in memory, and on macOS in a keychain until now.
            foreach (var one in all)
            {
                one.Dispose();
            }
        }
    }

    static ClientCertificate FromPfx(CertificateFile file, X509Certificate2Collection all) =>
        all.Where(one => one.HasPrivateKey).ToList() switch
        {
            [var leaf] => From(leaf, all.Where(one => one != leaf)),
            [] => throw new CertificateException(
                CertificateProblemKind.PrivateKeyMissing, file.Source, "The file contains no private key.", "Export the certificate again, with its private key."),
            var several => throw new CertificateException(
                CertificateProblemKind.PrivateKeyAmbiguous, file.Source,
                $"The file contains {several.Count} private keys: {string.Join(", ", several.Select(one => one.ShownName()))}.", "Export only the certificate to use."),
        };

    static AsymmetricAlgorithm ReadKey(CertificateFile file, Secret? password)
    {
        var blocks = file.IsPem ? PemText.Read(file.Text!, file.Source) : [];
        foreach (var block in blocks)
        {
            UnsupportedPem.Refuse(block, file.Source);
        }

        return blocks.Where(block => block.IsPrivateKey).ToList() switch
        {
            [var one] => PrivateKeyReader.Read(one, password, file.Source),
            [] => throw new CertificateException(
                CertificateProblemKind.PrivateKeyMissing, file.Source, "The file contains no private key in PEM format.",
                "Specify the key with -KeyPath; to convert a key in DER format: openssl pkey -inform DER -in <file> -out <new file>"),
            var several => throw new CertificateException(
                CertificateProblemKind.PrivateKeyAmbiguous, file.Source,
                $"The file contains several private keys, on lines {string.Join(", ", several.Select(block => block.Line))}.", "Keep only the key to use."),
        };
    }

    static ClientCertificate Create(IReadOnlyList<X509Certificate2> certificates, AsymmetricAlgorithm key, string keySource)
    {
        var leaf = certificates.FirstOrDefault(certificate => Owns(certificate, key))
            ?? throw new CertificateException(
                CertificateProblemKind.KeyMismatch, keySource, $"The private key does not match the certificate {certificates[0].ShownName()}.",
                "Specify the key with which this certificate was requested.");
        List<X509Certificate2> chain = [];
        var others = certificates.Where(one => !one.Equals(leaf)).ToList();
        for (var last = leaf; others.Find(one => last.IsIssuedBy(one)) is { } issuer; last = issuer)
        {
            others.Remove(issuer);
            chain.Add(issuer);
        }

        try
        {
            return new(Copy(leaf), [.. chain.Where(one => !one.IsSelfIssued()).Select(Copy)], [.. others.Select(Copy)], key);
        }
        catch (CryptographicException)
        {
            throw new CertificateException(
                CertificateProblemKind.KeyNotExportable, keySource, "The private key is not exportable from its store.",
                "Import the certificate again with an exportable key, or specify its PFX file.");
        }
    }

    // Without its key, and free of the collection that it was read with.
    static X509Certificate2 Copy(X509Certificate2 certificate) => PlainCertificates.Load(certificate.RawData);

    static AsymmetricAlgorithm? OpenKey(X509Certificate2 certificate, string source)
    {
        try
        {
            return (AsymmetricAlgorithm?)certificate.GetRSAPrivateKey() ?? certificate.GetECDsaPrivateKey();
        }
        catch (CryptographicException exception)
        {
            throw new CertificateException(
                CertificateProblemKind.KeyNotExportable, source, $"The private key cannot be opened: {exception.Message}",
                "Only administrators can read the key of a certificate in LocalMachine, and a key on a smart card or in a TPM cannot be exported: specify a PFX file with the key.");
        }
    }

    static bool Owns(X509Certificate2 certificate, AsymmetricAlgorithm key)
    {
        using AsymmetricAlgorithm? known = key is RSA ? certificate.GetRSAPublicKey() : certificate.GetECDsaPublicKey();
        return known is not null && known.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo());
    }
}
