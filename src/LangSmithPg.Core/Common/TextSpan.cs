namespace LangSmithPg.Common;

/// <summary>A stretch of a text, in UTF-16 code units from its beginning.</summary>
/// <param name="Start">Offset of the first character, from 0.</param>
/// <param name="Length">Number of characters; 0 marks a place between two characters.</param>
public readonly record struct TextSpan(int Start, int Length)
{
    /// <summary>Offset just behind the last character.</summary>
    public int End => Start + Length;

    /// <summary>The span between two offsets.</summary>
    /// <param name="start">Offset of the first character, from 0.</param>
    /// <param name="end">Offset just behind the last character.</param>
    public static TextSpan FromBounds(int start, int end) => new(start, end - start);

    /// <summary>The place as people count it, from 1.</summary>
    public override string ToString() => Length > 1 ? $"characters {Start + 1}-{End}" : $"character {Start + 1}";
}
