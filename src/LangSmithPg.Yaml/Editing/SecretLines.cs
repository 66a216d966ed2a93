using System.Text.RegularExpressions;
using LangSmithPg.Common;

namespace LangSmithPg.Yaml.Editing;

/// <summary>Masks what a line of a values file may hold of somebody's secrets, by the name of its key.</summary>
static partial class SecretLines
{
    public static bool IsSecretKey(string key) => SecretKey().IsMatch($"{key}: x");

    public static string Mask(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return SecretKey().Replace(line, $"$1{Secret.Mask}");
    }

    // A key such as password, licenseKey, apiKeySalt or connectionUrl, but not the name of a Secret or of a key in it.
    [GeneratedRegex(
        """^(\s*(?:-\s+)?["']?(?!\w*(?:secretname|secretkey)["']?\s*:)[\w.-]*(?:password|passphrase|secret|token|salt|key|url|uri|credential)["']?\s*:\s+)(?=[^\s#])[^\r\n]*""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretKey();
}
