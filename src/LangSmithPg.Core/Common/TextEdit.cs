namespace LangSmithPg.Common;

/// <summary>A stretch of a text that is replaced.</summary>
/// <param name="Span">The stretch; of length 0 where something comes in.</param>
/// <param name="Replacement">What comes in its place.</param>
/// <param name="Shown">The replacement as it may be shown, with a secret masked.</param>
/// <param name="IsSecret">Whether what stood there must not be shown either.</param>
sealed record TextEdit(TextSpan Span, string Replacement, string Shown, bool IsSecret)
{
    /// <summary>The text with all edits made. No two may overlap.</summary>
    /// <param name="text">The text.</param>
    /// <param name="edits">The edits, in any order; of those at the same place, the first one comes first.</param>
    public static string Apply(string text, IEnumerable<TextEdit> edits)
    {
        ArgumentNullException.ThrowIfNull(text);
        var result = new System.Text.StringBuilder(text.Length);
        var at = 0;
        foreach (var edit in edits.OrderBy(edit => edit.Span.Start))
        {
            result.Append(text, at, edit.Span.Start - at).Append(edit.Replacement);
            at = edit.Span.End;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }
}
