using LangSmithPg.Common;

namespace LangSmithPg.Formatting;

/// <summary>The head of a report: what it is about, the answer, and details in brackets.</summary>
static class Headline
{
    const string Indent = "    ";

    /// <summary>Writes it, line by line. Where the terminal ends, the brackets go below; what has no room there either, is broken between details.</summary>
    /// <param name="subject">What the report is about.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="width">Width of the terminal in characters.</param>
    /// <param name="details">Groups of details.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<string> subject, string answer, int width, params IReadOnlyList<string>[] details)
    {
        List<string> inBrackets = [];
        foreach (var group in details.Where(group => group.Count > 0))
        {
            inBrackets.AddRange(group.Select(detail => $"{detail},"));
            inBrackets[^1] = $"{inBrackets[^1][..^1]};";
        }

        if (inBrackets.Count > 0)
        {
            inBrackets[0] = $"({inBrackets[0]}";
            inBrackets[^1] = $"{inBrackets[^1][..^1]})";
        }

        var whole = string.Join(' ', inBrackets);
        return FilledLines.Of(
            [
                .. subject.Select((one, index) => one + (index + 1 < subject.Count ? "," : ":")), answer,
                .. Indent.Length + Ansi.Length(whole) < width && whole.Length > 0 ? [whole] : inBrackets,
            ],
            width - 1, Indent);
    }

    /// <summary>How many findings have each status, in its color.</summary>
    /// <param name="among">The statuses, in their order.</param>
    /// <param name="count">How many have a status.</param>
    public static IEnumerable<string> Counts(IEnumerable<FindingStatus> among, Func<FindingStatus, int> count) => among
        .Select(status => (Status: status, Count: count(status)))
        .Where(one => one.Count > 0)
        .Select(one => Ansi.Color(one.Status, $"{one.Count} {one.Status}"));
}
