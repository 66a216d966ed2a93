using System.Text;
using LangSmithPg.Common;
using LangSmithPg.Documents;
using LangSmithPg.Helm;

namespace LangSmithPg.Yaml.Editing;

/// <summary>Writes values as lines in block style, and the same lines as they may be shown.</summary>
sealed class BlockText(IReadOnlyDictionary<ValuesPath, ValuesEntry> entries, BlockPlace place, int step, string lineEnd)
{
    readonly StringBuilder _text = new();
    readonly StringBuilder _shown = new();

    public (string Text, string Shown) Write(DocumentMap values)
    {
        Append(values, place.Path, place.Column);
        var (text, shown) = (_text.ToString(), _shown.ToString());
        // A file that ends without a line end goes on so.
        return place.NeedsLineEnd ? (lineEnd + text[..^lineEnd.Length], lineEnd + shown[..^lineEnd.Length]) : (text, shown);
    }

    void Append(DocumentMap values, IReadOnlyList<string> path, int column)
    {
        foreach (var (key, value) in values.Entries)
        {
            IReadOnlyList<string> below = [.. path, key];
            Both($"{new string(' ', column)}{YamlText.WriteValue((DocumentScalar)key)}:");
            if (value is DocumentMap map)
            {
                Both(lineEnd);
                Append(map, below, column + step);
            }
            else
            {
                _text.Append(' ').Append(YamlText.WriteValue((DocumentScalar)value)).Append(lineEnd);
                _shown.Append(' ').Append(entries[new(below)].IsSecret ? Redactor.Mask : YamlText.WriteValue((DocumentScalar)value)).Append(lineEnd);
            }
        }
    }

    void Both(string text)
    {
        _text.Append(text);
        _shown.Append(text);
    }
}

/// <summary>Where lines are inserted.</summary>
/// <param name="Path">The keys above them.</param>
/// <param name="Column">How far they are indented, in spaces.</param>
/// <param name="NeedsLineEnd">Whether the line before them has no end yet: then they have none either.</param>
sealed record BlockPlace(IReadOnlyList<string> Path, int Column, bool NeedsLineEnd);
