using LangSmithPg.Common;
using LangSmithPg.Documents;
using LangSmithPg.Helm;
using YamlDotNet.Core;

namespace LangSmithPg.Yaml.Editing;

/// <summary>Writes values in flow style, without the outer braces, and the same as it may be shown.</summary>
sealed class FlowText(IReadOnlyDictionary<ValuesPath, ValuesEntry> entries, IReadOnlyList<string> path)
{
    public (string Text, string Shown) Write(DocumentMap values) => (Write(values, path, reveal: true), Write(values, path, reveal: false));

    string Write(DocumentMap values, IReadOnlyList<string> above, bool reveal) => string.Join(", ", values.Entries.Select(entry =>
    {
        IReadOnlyList<string> below = [.. above, entry.Key];
        var value = entry.Value is DocumentMap map ? $"{{{Write(map, below, reveal)}}}"
            : entries[new(below)].IsSecret && !reveal ? Redactor.Mask
            : ValueText.Write((DocumentScalar)entry.Value, ScalarStyle.DoubleQuoted);
        return $"{YamlText.WriteValue((DocumentScalar)entry.Key)}: {value}";
    }));
}
