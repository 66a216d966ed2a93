using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace LangSmithPg.Documents;

/// <summary>
/// What an unquoted word means in YAML. Helm and kubectl still read YAML 1.1, where <c>no</c> is false and <c>1e3</c> a number.
/// Source: yaml.org/type.
/// </summary>
public static partial class YamlScalars
{
    static readonly FrozenSet<string> Words =
        new[] { "y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the word stays a text without quotes.</summary>
    /// <param name="text">The word.</param>
    public static bool IsTextUnquoted(string text) => !Words.Contains(text) && !NumberLike().IsMatch(text);

    [GeneratedRegex(@"^([+-]?\.?[0-9][0-9_.,:eE+-]*|0x[0-9a-fA-F_]+|0o[0-7_]+|0b[01_]+|[+-]?\.(inf|nan)|\d{4}-\d\d?-\d\d?.*)$", RegexOptions.IgnoreCase)]
    private static partial Regex NumberLike();
}
