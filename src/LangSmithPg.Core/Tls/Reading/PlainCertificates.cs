using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LangSmithPg.Tls.Reading;

/// <summary>
/// Loads certificates without keys. The constructor and the import of .NET open a PFX too, whatever the bytes pretend to be, and Windows
/// writes the keys in it into the user's key store.
/// </summary>
static class PlainCertificates
{
    /// <summary>The certificate in DER.</summary>
    /// <exception cref="CryptographicException">It is damaged, or something else.</exception>
    public static X509Certificate2 Load(byte[] der)
    {
        Demand(der, X509ContentType.Cert);
        return new(der);
    }

    /// <summary>The certificates of a PKCS #7 file.</summary>
    /// <exception cref="CryptographicException">It is damaged, or something else.</exception>
    public static X509Certificate2Collection LoadAll(byte[] pkcs7)
    {
        Demand(pkcs7, X509ContentType.Pkcs7);
        var all = new X509Certificate2Collection();
        all.Import(pkcs7);
        return all;
    }

    static void Demand(byte[] bytes, X509ContentType type)
    {
        // .NET refuses none at all with an exception of another kind.
        if (bytes.Length == 0 || X509Certificate2.GetCertContentType(bytes) != type)
        {
            throw new CryptographicException($"This is not {type}.");
        }
    }
}
