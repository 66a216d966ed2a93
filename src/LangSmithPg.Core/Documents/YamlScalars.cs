using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace LangSmithPg.Documents;

/// <summary>
/// What an unquoted word means in YAML. Helm and kubectl still read YAML 1.1, where <c>no</c> is false and <c>1e3</c> a number.
/// Source: yaml.org/type.
/// </summary>
static partial class YamlScalars
{
    static readonly FrozenSet<string> Words =
        new[] { "y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the word stays a text without quotes.</summary>
    /// <param name="text">The word.</param>
    public static bool IsTextUnquoted(string text) => !Words.Contains(text) && !NumberLike().IsMatch(WithoutUnderscores(text));

    /// <summary>Whether Helm takes the word for a number or a flag. Narrower than <see cref="IsTextUnquoted"/>, which is for writing.</summary>
    /// <param name="text">The word.</param>
    public static bool IsNumberOrFlag(string text) => Flag().IsMatch(text) || (!text.StartsWith('_') && Number().IsMatch(WithoutUnderscores(text)));

    /// <summary>Whether Helm takes the word for a flag.</summary>
    internal static bool IsFlag(string text) => Flag().IsMatch(text);

    // Source: go.yaml.in/yaml/v2, resolve.go, which sigs.k8s.io/yaml uses.
    [GeneratedRegex(@"^([yn]|[YN]|yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Flag();

    [GeneratedRegex(
        @"^([+-]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][+-]?[0-9]+)?|[+-]?0x[0-9A-Fa-f]+|[+-]?0b[+-]?[01]+|[+-]?0o[+-]?[0-7]+|[+-]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    // Go's YAML takes underscores out wherever they are before it looks for a number.
    static string WithoutUnderscores(string text) => text.Replace("_", "", StringComparison.Ordinal);

    // Wider than any one reader: some take "e9", ".", "-0x1F" or "0b-1" for a number, and "-" begins a list.
    [GeneratedRegex(
        @"^([+-]?\.?[0-9][0-9.,:e+-]*|[+-]?\.*(e[+-]?[0-9]+)?|[+-]?0[xob][+-]?[0-9a-f]*|[+-]?\.(inf|nan)|\d{4}-\d\d?-\d\d?.*)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NumberLike();
}
