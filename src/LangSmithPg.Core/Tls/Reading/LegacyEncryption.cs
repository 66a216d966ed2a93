using System.Security.Cryptography;
using System.Text;
using LangSmithPg.Common;

namespace LangSmithPg.Tls.Reading;

/// <summary>
/// The encryption of private keys with a <c>DEK-Info</c> header, which OpenSSL 1 wrote and .NET does not read.
/// Source: OpenSSL documentation, PEM_read_PrivateKey "PEM encryption format" and EVP_BytesToKey.
/// </summary>
static class LegacyEncryption
{
    /// <summary>The key's bytes.</summary>
    /// <exception cref="CryptographicException">The password is wrong, or the block is damaged.</exception>
    /// <exception cref="NotSupportedException">The cipher is none of AES and triple DES.</exception>
    public static byte[] Decrypt(PemBlock block, Secret password)
    {
        var (name, vector) = block.Headers["DEK-Info"].Split(',', 2) is [var cipherName, var hex]
            ? (cipherName, FromHex(hex))
            : throw new CryptographicException("DEK-Info is damaged.");
        using var cipher = Create(name);
        if (vector.Length != cipher.BlockSize / 8)
        {
            throw new CryptographicException("DEK-Info is damaged.");
        }

        cipher.Key = DeriveKey(Encoding.UTF8.GetBytes(password.Reveal()), vector.AsSpan(0, 8), cipher.KeySize / 8);
        return cipher.DecryptCbc(block.Bytes, vector);
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350", Justification = "The format's own, and only to read it.")]
    static SymmetricAlgorithm Create(string name)
    {
        SymmetricAlgorithm cipher = name == "DES-EDE3-CBC" ? TripleDES.Create() : Aes.Create();
        cipher.KeySize = name switch
        {
            "DES-EDE3-CBC" or "AES-192-CBC" => 192,
            "AES-128-CBC" => 128,
            "AES-256-CBC" => 256,
            _ => throw new NotSupportedException($"The private key is encrypted with {(PemBlock.IsLabel(name.Replace('-', ' ')) ? name : "an unknown cipher")}"),
        };
        return cipher;
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "The format's own, and only to read it.")]
    static byte[] DeriveKey(byte[] password, ReadOnlySpan<byte> salt, int length)
    {
        List<byte> key = [];
        byte[] last = [];
        while (key.Count < length)
        {
            last = MD5.HashData([.. last, .. password, .. salt]);
            key.AddRange(last);
        }

        return [.. key.Take(length)];
    }

    static byte[] FromHex(string hex)
    {
        try
        {
            return Convert.FromHexString(hex.Trim());
        }
        catch (FormatException)
        {
            throw new CryptographicException("DEK-Info is damaged.");
        }
    }
}
