using LangSmithPg.Common;

namespace LangSmithPg.Helm.Linting;

/// <summary>One value of a values file and the position of its key.</summary>
/// <param name="Path">The keys from the top down; an item of a list has its number in brackets, such as <c>[0]</c>.</param>
/// <param name="Kind">The kind of its value.</param>
/// <param name="Text">The text of a scalar, which may be a secret; empty for others.</param>
/// <param name="Line">Line of its key, from 1.</param>
/// <param name="Column">Column of its key, from 1.</param>
sealed record ValuesNode(ValuesPath Path, ValueKind Kind, string Text, int Line, int Column)
{
    /// <summary>What is in a map or a list, in the order of the file.</summary>
    public IReadOnlyList<ValuesNode> Children { get; init; } = [];

    /// <summary>Whether Helm takes it for nothing, so that the chart's own value holds.</summary>
    public bool IsNull => Kind == ValueKind.Word && Text is "" or "~" or "null" or "Null" or "NULL";

    /// <summary>Whether a template's <c>if</c> takes it for true. A text in quotes is true whatever it says, unless it is empty.</summary>
    public bool IsTrue => Kind switch
    {
        ValueKind.Word => !IsNull && !IsFalse(Text) && Text != "0",
        ValueKind.Text => Text.Length > 0,
        _ => true,
    };

    /// <summary>Whether it is in a list.</summary>
    public bool IsInList => Path.Keys.Any(IsItem);

    internal static bool IsItem(string key) => key.StartsWith('[');

    /// <summary>Its location, without its value.</summary>
    public override string ToString() => $"{Path} ({Line},{Column})";

    // Helm still reads YAML 1.1.
    static bool IsFalse(string word) => word.ToUpperInvariant() is "FALSE" or "NO" or "OFF" or "N";
}
