using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace LangSmithPg.Tls;

/// <summary>How a certificate was signed. Source: RFC 5280, section 4.1.1.2; RFC 4055, section 3.1.</summary>
static class SignatureFacts
{
    const string Pss = "1.2.840.113549.1.1.10";
    const string Ed448 = "1.3.101.113";

    static readonly Asn1Tag HashTag = new(TagClass.ContextSpecific, 0);
    static readonly Asn1Tag MaskTag = new(TagClass.ContextSpecific, 1);
    static readonly Asn1Tag SaltTag = new(TagClass.ContextSpecific, 2);

    static readonly Dictionary<string, string> WeakAlgorithms = new(StringComparer.Ordinal)
    {
        ["1.2.840.113549.1.1.2"] = "MD2",
        ["1.2.840.113549.1.1.3"] = "MD4",
        ["1.2.840.113549.1.1.4"] = "MD5",
        ["1.2.840.113549.1.1.5"] = "SHA-1",
        ["1.3.14.3.2.29"] = "SHA-1",
        ["1.2.840.10040.4.3"] = "SHA-1",
        ["1.2.840.10045.4.1"] = "SHA-1",
    };

    // Hashes with the length of their salt that Go takes.
    static readonly Dictionary<string, int> HashLengths = new(StringComparer.Ordinal)
    {
        ["2.16.840.1.101.3.4.2.1"] = 32,
        ["2.16.840.1.101.3.4.2.2"] = 48,
        ["2.16.840.1.101.3.4.2.3"] = 64,
    };

    /// <summary>The hash of a signature that nobody takes any more, such as SHA-1; or null.</summary>
    public static string? WeakHash(this X509Certificate2 certificate) => certificate.SignatureAlgorithm.Value switch
    {
        Pss => PssParameters(certificate) is { Hash: null } ? "SHA-1" : null,
        { } algorithm => WeakAlgorithms.GetValueOrDefault(algorithm),
        _ => null,
    };

    /// <summary>Whether Go checks signatures of this kind: with PSS, only one hash for everything and a salt of its length.</summary>
    public static bool IsSignedForGo(this X509Certificate2 certificate) => certificate.SignatureAlgorithm.Value switch
    {
        Ed448 => false,
        Pss => PssParameters(certificate) is { Hash: { } hash } pss && pss.MaskHash == hash && HashLengths.TryGetValue(hash, out var length) && pss.Salt == length,
        _ => true,
    };

    // What is left out is SHA-1, told as null, and a salt of 20.
    static (string? Hash, string? MaskHash, int Salt) PssParameters(X509Certificate2 certificate)
    {
        try
        {
            var whole = new AsnReader(certificate.RawDataMemory, AsnEncodingRules.DER).ReadSequence();
            whole.ReadEncodedValue();
            var algorithm = whole.ReadSequence();
            algorithm.ReadObjectIdentifier();
            var parameters = algorithm.ReadSequence();
            var (hash, mask, salt) = ((string?)null, (string?)null, 20);
            while (parameters.HasData)
            {
                var tag = parameters.PeekTag();
                var inner = parameters.ReadSequence(tag);
                if (tag.HasSameClassAndValue(HashTag))
                {
                    hash = inner.ReadSequence().ReadObjectIdentifier();
                }
                else if (tag.HasSameClassAndValue(MaskTag))
                {
                    var generator = inner.ReadSequence();
                    generator.ReadObjectIdentifier();
                    mask = generator.ReadSequence().ReadObjectIdentifier();
                }
                else if (tag.HasSameClassAndValue(SaltTag) && !inner.TryReadInt32(out salt))
                {
                    return default;
                }
            }

            return (hash, mask, salt);
        }
        catch (AsnContentException)
        {
            return default;
        }
    }
}
