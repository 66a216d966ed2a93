using LangSmithPg.Documents;
using YamlDotNet.Core;

namespace LangSmithPg.Yaml.Editing;

/// <summary>How a value is written, and what a written one means. Helm reads YAML 1.1.</summary>
static class ValueText
{
    static readonly string[] TrueWords = ["y", "yes", "true", "on"];
    static readonly string[] FalseWords = ["n", "no", "false", "off"];

    /// <summary>The value as it is written after its key, in the quotes of the one that it replaces where possible.</summary>
    public static string Write(DocumentScalar value, ScalarStyle style = ScalarStyle.Any) => (value, style) switch
    {
        (DocumentText text, ScalarStyle.SingleQuoted) when text.Value.All(character => character is >= ' ' and <= '~') =>
            $"'{text.Value.Replace("'", "''", StringComparison.Ordinal)}'",
        (DocumentText text, ScalarStyle.DoubleQuoted) when text.Value.All(character => character is >= ' ' and <= '~') =>
            $"\"{text.Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
        _ => YamlText.WriteValue(value),
    };

    /// <summary>Whether the existing value is this value, kind included: the text <c>"5432"</c> is not the number.</summary>
    public static bool Means(SyntaxScalar placed, DocumentScalar value) => value switch
    {
        DocumentText text => placed.Value == text.Value && (IsQuoted(placed) || YamlScalars.IsTextUnquoted(placed.Value)),
        DocumentFlag flag => !IsQuoted(placed) && (flag.Value ? TrueWords : FalseWords).Contains(placed.Value, StringComparer.OrdinalIgnoreCase),
        _ => !IsQuoted(placed) && placed.Value == value.ToString(),
    };

    static bool IsQuoted(SyntaxScalar placed) => placed.Style != ScalarStyle.Plain;
}
