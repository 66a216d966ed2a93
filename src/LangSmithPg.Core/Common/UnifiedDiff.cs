using System.Globalization;
using System.Text;

namespace LangSmithPg.Common;

/// <summary>Shows edits as a unified diff. Lines stand as they are; what must not be shown is masked by the caller.</summary>
static class UnifiedDiff
{
    const int Context = 3;

    sealed record Change(int FirstLine, int LineCount, IReadOnlyList<string> Old, IReadOnlyList<string> New);

    /// <summary>The diff, without the lines that name the files; empty when there are no edits.</summary>
    /// <param name="text">The old text.</param>
    /// <param name="edits">The edits.</param>
    /// <param name="mask">Masks what must not be shown of a line that stays or goes.</param>
    public static string Create(string text, IReadOnlyList<TextEdit> edits, Func<string, string> mask)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(edits);
        ArgumentNullException.ThrowIfNull(mask);
        var starts = LineStarts(text);
        var changes = Changes(text, starts, edits, mask).ToList();
        var diff = new StringBuilder();
        var shift = 0;
        for (var first = 0; first < changes.Count;)
        {
            // Changes whose context would touch are one hunk.
            var last = first;
            while (last + 1 < changes.Count && changes[last + 1].FirstLine - (changes[last].FirstLine + changes[last].LineCount) <= 2 * Context)
            {
                last++;
            }

            shift += Write(diff, changes[first..(last + 1)], text, starts, shift, mask);
            first = last + 1;
        }

        return diff.ToString();
    }

    // The number of lines that the hunk adds.
    static int Write(StringBuilder diff, List<Change> changes, string text, List<int> starts, int shift, Func<string, string> mask)
    {
        var lineCount = starts.Count - 1;
        var from = Math.Max(0, changes[0].FirstLine - Context);
        var until = Math.Min(lineCount, changes[^1].FirstLine + changes[^1].LineCount + Context);
        var added = changes.Sum(change => change.New.Count - change.LineCount);
        diff.Append(CultureInfo.InvariantCulture, $"@@ -{Start(from, until - from)},{until - from} +{Start(from + shift, until - from + added)},{until - from + added} @@\n");
        var line = from;
        foreach (var change in changes)
        {
            AppendContext(change.FirstLine);
            change.Old.ToList().ForEach(old => Append('-', old));
            change.New.ToList().ForEach(added => Append('+', added));
            line = change.FirstLine + change.LineCount;
        }

        AppendContext(until);
        return added;

        void AppendContext(int end)
        {
            for (; line < end; line++)
            {
                Append(' ', mask(LineAt(text, starts, line)));
            }
        }

        void Append(char sign, string content) => diff.Append(sign).Append(content.TrimEnd('\r', '\n')).Append('\n');
    }

    // A hunk of no lines is counted from the line before it.
    static int Start(int line, int count) => count == 0 ? line : line + 1;

    // Edits that touch the same lines are one change of whole lines.
    static IEnumerable<Change> Changes(string text, List<int> starts, IReadOnlyList<TextEdit> edits, Func<string, string> mask)
    {
        var ordered = edits.OrderBy(edit => edit.Span.Start).ToList();
        for (var first = 0; first < ordered.Count;)
        {
            var (from, until) = Lines(ordered[first], starts);
            var last = first;
            while (last + 1 < ordered.Count && Lines(ordered[last + 1], starts) is var (nextFrom, nextUntil) && nextFrom < until)
            {
                until = Math.Max(until, nextUntil);
                last++;
            }

            var group = ordered[first..(last + 1)];
            var (start, end) = (starts[from], starts[until]);
            var old = text[start..end];
            var here = group.Select(edit => edit with { Span = new(edit.Span.Start - start, edit.Span.Length) }).ToList();
            var masked = TextEdit.Apply(old, here.Where(edit => edit.IsSecret).Select(edit => edit with { Replacement = Redactor.Mask }));
            var shown = TextEdit.Apply(old, here.Select(edit => edit with { Replacement = edit.Shown }));
            if (start == text.Length && !text.EndsWith('\n'))
            {
                // What follows a last line without an end begins with that end.
                shown = shown.TrimStart('\r', '\n');
            }

            yield return new(from, until - from, [.. Split(masked).Select(mask)], [.. Split(shown)]);
            first = last + 1;
        }
    }

    static (int From, int Until) Lines(TextEdit edit, List<int> starts)
    {
        var from = LineOf(edit.Span.Start, starts);
        // What comes in between two lines changes neither of them.
        return edit.Span.Length == 0 && edit.Span.Start == starts[from]
            ? (from, from)
            : (from, LineOf(Math.Max(edit.Span.Start, edit.Span.End - 1), starts) + 1);
    }

    static int LineOf(int offset, List<int> starts)
    {
        var index = starts.BinarySearch(offset);
        return index >= 0 ? Math.Min(index, starts.Count - 1) : ~index - 1;
    }

    // Where each line begins, and the end of the text.
    static List<int> LineStarts(string text)
    {
        List<int> starts = [0];
        for (var end = text.IndexOf('\n', StringComparison.Ordinal); end >= 0; end = text.IndexOf('\n', end + 1))
        {
            starts.Add(end + 1);
        }

        if (starts[^1] != text.Length)
        {
            starts.Add(text.Length);
        }

        return starts;
    }

    static string LineAt(string text, List<int> starts, int line) => text[starts[line]..starts[line + 1]];

    static string[] Split(string text) => text.Length == 0 ? [] : (text.EndsWith('\n') ? text[..^1] : text).Split('\n');
}
