using System.Text;

namespace LangSmithPg.Fuzz.Targets;

/// <summary>The text of an input.</summary>
static class InputText
{
    const char HalfOfPair = '\uD800';

    /// <summary>The bytes as UTF-8; those that are none become half of a surrogate pair, which no encoding holds.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes).Replace('\uFFFD', HalfOfPair);

    /// <summary>The first lines of an input, and what follows them.</summary>
    public static (string[] Lines, string Text) Split(byte[] input, int count)
    {
        var parts = Of(input).Split('\n', count + 1);
        return ([.. parts.Take(count), .. Enumerable.Repeat("", Math.Max(0, count - parts.Length))], parts.Length > count ? parts[count] : "");
    }
}
