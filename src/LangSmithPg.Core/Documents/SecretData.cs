using System.Text;

namespace LangSmithPg.Documents;

/// <summary>The entries of a Secret as its manifest has them.</summary>
static class SecretData
{
    /// <summary>The entries that are text, decoded. Others, such as certificates in binary form, are left out.</summary>
    /// <param name="manifest">The manifest.</param>
    public static DocumentMap Of(DocumentMap manifest)
    {
        var encoded = DocumentMap.Of(((manifest["data"] as DocumentMap)?.Entries ?? []).Select(entry => (entry.Key, (DocumentNode?)(entry.Value is DocumentText text ? Decoded(text.Value) : null))));
        // As the API server does: stringData goes before data.
        return (manifest["stringData"] as DocumentMap)?.Or(encoded) ?? encoded;
    }

    static DocumentText? Decoded(string text)
    {
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var count))
        {
            return null;
        }

        try
        {
            return new DocumentText(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes, 0, count));
        }
        catch (DecoderFallbackException)
        {
            // A certificate or another binary entry.
            return null;
        }
    }
}
