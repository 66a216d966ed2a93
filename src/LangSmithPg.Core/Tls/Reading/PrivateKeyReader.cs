using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text;
using LangSmithPg.Common;

namespace LangSmithPg.Tls.Reading;

/// <summary>Reads a private key from PEM: PKCS #8, PKCS #1 and SEC 1, encrypted or not.</summary>
static class PrivateKeyReader
{
    const string Rsa = "1.2.840.113549.1.1.1";
    const string EllipticCurve = "1.2.840.10045.2.1";

    /// <summary>Whether one of the blocks is encrypted.</summary>
    public static bool IsEncrypted(PemBlock block) => block.Label == "ENCRYPTED PRIVATE KEY" || block.Headers.ContainsKey("DEK-Info");

    /// <summary>The key of a block.</summary>
    /// <exception cref="CertificateException">The password is missing or wrong, or the key is damaged or of another kind.</exception>
    public static AsymmetricAlgorithm Read(PemBlock block, Secret? password, string source)
    {
        if (!IsEncrypted(block))
        {
            return Import(block.Label, block.Bytes, source);
        }

        if (password is null)
        {
            throw new CertificateException(
                CertificateProblemKind.PasswordMissing, source, "The private key is encrypted.", "Specify its password with -Password.");
        }

        try
        {
            return block.Label == "ENCRYPTED PRIVATE KEY"
                ? Import("PRIVATE KEY", Decrypt(block.Bytes, password), source)
                : Import(block.Label, LegacyEncryption.Decrypt(block, password), source);
        }
        // Some wrong passwords decrypt to something that is no key.
        catch (Exception exception) when (
            exception is CryptographicException or CertificateException { Problem.Kind: CertificateProblemKind.Damaged })
        {
            throw new CertificateException(
                CertificateProblemKind.PasswordWrong, source, "The password for the private key is not correct.", "Check the password; a damaged key, or a key that is encrypted with scrypt, gives the same error.");
        }
        catch (NotSupportedException exception)
        {
            throw Unsupported(source, exception.Message);
        }
    }

    static AsymmetricAlgorithm Import(string label, byte[] bytes, string source)
    {
        AsymmetricAlgorithm key = (label, label == "PRIVATE KEY" ? AlgorithmOf(bytes, source) : null) switch
        {
            ("RSA PRIVATE KEY", _) or (_, Rsa) => RSA.Create(),
            ("EC PRIVATE KEY", _) or (_, EllipticCurve) => ECDsa.Create(),
            (_, "1.3.101.112") => throw Unsupported(source, "The private key is Ed25519"),
            _ => throw Unsupported(source, $"The private key is neither RSA nor EC{(PemBlock.IsLabel(label) ? $" ({label})" : "")}"),
        };
        try
        {
            switch (key)
            {
                case RSA rsa when label != "PRIVATE KEY":
                    rsa.ImportRSAPrivateKey(bytes, out _);
                    break;
                case ECDsa curve when label != "PRIVATE KEY":
                    curve.ImportECPrivateKey(bytes, out _);
                    break;
                default:
                    key.ImportPkcs8PrivateKey(bytes, out _);
                    break;
            }

            return key;
        }
        catch (CryptographicException)
        {
            key.Dispose();
            throw Damaged(source);
        }
        catch (PlatformNotSupportedException)
        {
            key.Dispose();
            throw Unsupported(source, "The private key uses a curve that this machine does not support");
        }
    }

    // PrivateKeyInfo ::= SEQUENCE { version INTEGER, algorithm SEQUENCE { algorithm OBJECT IDENTIFIER, … }, … }. Source: RFC 5208.
    static string AlgorithmOf(byte[] bytes, string source)
    {
        try
        {
            var info = new AsnReader(bytes, AsnEncodingRules.BER).ReadSequence();
            info.ReadInteger();
            return info.ReadSequence().ReadObjectIdentifier();
        }
        catch (AsnContentException)
        {
            throw Damaged(source);
        }
    }

    // Encrypted PKCS #8 does not say what key it holds; any kind decrypts it.
    static byte[] Decrypt(byte[] bytes, Secret password)
    {
        try
        {
            return Pkcs8Of(RSA.Create());
        }
        catch (CryptographicException)
        {
            return Pkcs8Of(ECDsa.Create());
        }

        byte[] Pkcs8Of(AsymmetricAlgorithm key)
        {
            using (key)
            {
                key.ImportEncryptedPkcs8PrivateKey(Encoding.UTF8.GetBytes(password.Reveal()), bytes, out _);
                return key.ExportPkcs8PrivateKey();
            }
        }
    }

    static CertificateException Damaged(string source) =>
        new(CertificateProblemKind.Damaged, source, "The private key is damaged.", "Copy the whole file again.");

    static CertificateException Unsupported(string source, string what) => new(
        CertificateProblemKind.KeyUnsupported, source, $"{what.TrimEnd('.')}, which cannot be checked here.",
        "Use a key that every TLS library supports: RSA of 2048 bits or more, or EC on the curve P-256, P-384 or P-521.");
}
