using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LangSmithPg.Common;

namespace LangSmithPg.Tls.Reading;

/// <summary>Reads certificates as people have them: PEM, DER, PKCS #7 and PFX, with byte order marks, Windows line ends and text in between.</summary>
static class CertificateReader
{
    static readonly string[] CertificateLabels = ["CERTIFICATE", "X509 CERTIFICATE"];
    static readonly string[] Pkcs7Labels = ["PKCS7", "CMS"];

    /// <summary>The certificates of a file, in its order, without their keys.</summary>
    /// <exception cref="CertificateException">There are none, or something is wrong with the file.</exception>
    public static IReadOnlyList<X509Certificate2> Read(CertificateFile file)
    {
        var certificates = file.IsPem
            ? ReadBlocks(PemText.Read(file.Text!, file.Source), file.Source)
            : ReadBinary(file);
        return certificates.Count == 0 ? throw UnsupportedPem.Explain(file)
            : certificates.All(certificate => certificate.IsWhole()) ? certificates
            : throw Damaged(file.Source, "A certificate in the file is damaged, or has a type that this machine cannot read.");
    }

    /// <summary>The certificates of PEM blocks; keys among them are passed over.</summary>
    /// <exception cref="CertificateException">A block is damaged, or is something that has no place here.</exception>
    public static IReadOnlyList<X509Certificate2> ReadBlocks(IReadOnlyList<PemBlock> blocks, string source)
    {
        List<X509Certificate2> certificates = [];
        foreach (var block in blocks)
        {
            UnsupportedPem.Refuse(block, source);
            try
            {
                if (CertificateLabels.Contains(block.Label))
                {
                    certificates.Add(PlainCertificates.Load(block.Bytes));
                }
                else if (Pkcs7Labels.Contains(block.Label))
                {
                    certificates.AddRange(PlainCertificates.LoadAll(block.Bytes));
                }
            }
            catch (CryptographicException)
            {
                throw Damaged(source, $"The certificate on line {block.Line} is damaged.");
            }
        }

        return certificates;
    }

    /// <summary>What a PFX holds: certificates, and with some of them their private key.</summary>
    /// <exception cref="CertificateException">The password does not open it, or it is damaged.</exception>
    public static X509Certificate2Collection ReadPfx(CertificateFile file, Secret? password)
    {
        // macOS knows no keys outside of a keychain.
        var flags = X509KeyStorageFlags.Exportable | (OperatingSystem.IsMacOS() ? 0 : X509KeyStorageFlags.EphemeralKeySet);
        try
        {
            var all = new X509Certificate2Collection();
            all.Import(file.Bytes, password?.Reveal(), flags);
            return all.All(certificate => certificate.IsWhole()) ? all : throw Damaged(file.Source, "A certificate in the file is damaged, or has a type that this machine cannot read.");
        }
        catch (CryptographicException) when (password is null)
        {
            throw new CertificateException(
                CertificateProblemKind.PasswordMissing, file.Source, "The file is protected by a password.", $"Specify the password with -Password.{OldWindowsAdvice}");
        }
        catch (CryptographicException)
        {
            throw new CertificateException(
                CertificateProblemKind.PasswordWrong, file.Source, "The password for the file is not correct.", $"Check the password; a damaged file gives the same error.{OldWindowsAdvice}");
        }
    }

    // Windows opens AES in a PFX from Windows 10 1709 and Windows Server 2019 on. Before, it says that the password is wrong.
    static string OldWindowsAdvice => OperatingSystem.IsWindows() && !OperatingSystem.IsWindowsVersionAtLeast(10, 0, 16299)
        ? " This version of Windows cannot open a PFX file that is encrypted with AES: export it with -CryptoAlgorithmOption TripleDES_SHA1."
        : "";

    /// <summary>Whether bytes are a PFX.</summary>
    public static bool IsPfx(CertificateFile file) => ContentOf(file) == X509ContentType.Pkcs12;

    static IReadOnlyList<X509Certificate2> ReadBinary(CertificateFile file)
    {
        try
        {
            return ReadContent(file);
        }
        catch (CryptographicException)
        {
            throw Damaged(file.Source, "The file is damaged.");
        }
    }

    static IReadOnlyList<X509Certificate2> ReadContent(CertificateFile file) => ContentOf(file) switch
    {
        X509ContentType.Cert => [PlainCertificates.Load(file.Bytes)],
        X509ContentType.Pkcs7 => [.. PlainCertificates.LoadAll(file.Bytes)],
        X509ContentType.Pkcs12 => throw new CertificateException(
            CertificateProblemKind.PrivateKeyInside, file.Source, "This is a PFX file, which is intended for a private key.",
            "Export only the certificate, as PEM or DER."),
        _ => [],
    };

    static X509ContentType ContentOf(CertificateFile file)
    {
        try
        {
            return file.IsPem ? X509ContentType.Unknown : X509Certificate2.GetCertContentType(file.Bytes);
        }
        catch (CryptographicException)
        {
            return X509ContentType.Unknown;
        }
    }

    static CertificateException Damaged(string source, string message) => new(CertificateProblemKind.Damaged, source, message, "Copy the whole file again.");
}
