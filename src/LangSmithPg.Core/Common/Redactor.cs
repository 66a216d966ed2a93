using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LangSmithPg.Common;

/// <summary>
/// Every masking of a secret. What is known to be one is shown as <see cref="Mask"/>; in words that came from elsewhere it is found in the
/// forms that it takes on its way through URLs, logs and protocols: upper and lower case, percent-encoded, escaped for JSON, HTML and SQL,
/// and Base64, alone or within something longer.
/// </summary>
static partial class Redactor
{
    /// <summary>What is shown in place of a secret.</summary>
    public const string Mask = "****";

    // A password of a letter or two is in every sentence: masking it would tell it.
    const int ShortestToMask = 4;

    // As much of a Base64 text as is no other's by chance.
    const int ShortestBase64 = 5;

    /// <summary>A value as it may be shown.</summary>
    /// <param name="value">The value.</param>
    /// <param name="isSecret">Whether it is a secret.</param>
    public static string Show(string value, bool isSecret) => isSecret ? Mask : value;

    /// <summary>Whether a key of a values file is called like one of a secret.</summary>
    /// <param name="key">The key.</param>
    public static bool IsSecretKey(string key) => SecretKey().IsMatch($"{key}: x");

    /// <summary>Masks what a line of a values file may hold of somebody's secrets, by the name of its key.</summary>
    /// <param name="line">The line.</param>
    public static string RedactLine(string line) => SecretKey().Replace(line, $"$1{Mask}");

    /// <summary>Masks secrets in a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="secrets">The secrets.</param>
    public static string Redact(string text, IEnumerable<string> secrets)
    {
        var known = secrets.Where(secret => secret.Length >= ShortestToMask).Distinct().OrderByDescending(secret => secret.Length).ToList();
        if (known.Count == 0)
        {
            return text;
        }

        // Longer ones first: of one that begins as another does, the rest would stay.
        var spelled = string.Join('|', known.Select(Spelled));
        var base64 = string.Join('|', known.SelectMany(Base64).OrderByDescending(one => one.Length).Select(Regex.Escape));
        var masked = Regex.Replace(text, spelled, Mask, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        return base64.Length == 0 ? masked : Regex.Replace(masked, $"(?:{base64})[A-Za-z0-9+/_-]?={{0,2}}", Mask, RegexOptions.CultureInvariant);
    }

    // A pattern, in which each character may be written in any way: whoever encodes leaves other characters as they are.
    static string Spelled(string secret)
    {
        var pattern = new StringBuilder(secret.Length * 40);
        foreach (var rune in secret.EnumerateRunes())
        {
            var forms = new[] { Regex.Escape(rune.ToString()), Percent(rune), Json(rune), $"&\\#(?:0*{rune.Value.ToString(CultureInfo.InvariantCulture)}|x0*{rune.Value:x});" }.Concat(Others(rune));
            pattern.Append("(?:").AppendJoin('|', forms.OrderByDescending(form => form.Length)).Append(')');
        }

        return pattern.ToString();
    }

    // Once, or of what was encoded already.
    static string Percent(Rune rune)
    {
        var bytes = new byte[4];
        return string.Concat(bytes.Take(rune.EncodeToUtf8(bytes)).Select(octet => $"%(?:25)*{octet:x2}"));
    }

    static string Json(Rune rune) => string.Concat(rune.ToString().Select(unit => $@"\\+u{(int)unit:x4}"));

    static IEnumerable<string> Others(Rune rune) => rune.Value switch
    {
        ' ' => [@"\+"],
        '\'' => ["''", @"\\+'", "&apos;"],
        '"' => ["\"\"", @"\\+""", "&quot;"],
        '\\' => [@"\\\\"],
        '/' => [@"\\/"],
        '&' => ["&amp;"],
        '<' => ["&lt;"],
        '>' => ["&gt;"],
        _ => [],
    };

    // Within something longer, such as "user:password", it begins at the first, second or third byte of a group; what its neighbours share is left out.
    static IEnumerable<string> Base64(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        foreach (var before in (int[])[0, 1, 2])
        {
            var text = Convert.ToBase64String([.. new byte[before], .. bytes]).TrimEnd('=');
            var start = before == 0 ? 0 : before + 1;
            var whole = (before + bytes.Length) * 8 / 6;
            if (whole - start >= ShortestBase64)
            {
                yield return text[start..whole];
                yield return text[start..whole].Replace('+', '-').Replace('/', '_');
            }
        }
    }

    // A key such as password, licenseKey, apiKeySalt or connectionUrl, but not the name of a Secret or of a key in it.
    [GeneratedRegex(
        """^(\s*(?:-\s+)?["']?(?!\w*(?:secretname|secretkey)["']?\s*:)[\w.-]*(?:password|passphrase|secret|token|salt|key|url|uri|credential)["']?\s*:\s+)(?=[^\s#])[^\r\n]*""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretKey();
}
