using System.Text.RegularExpressions;

namespace LangSmithPg.Moves;

/// <summary>What pg_dump and pg_restore say while they work, and when they fail.</summary>
static partial class ToolMessages
{
    const int KeptLines = 4;

    /// <summary>The table whose rows a tool begins with, or null.</summary>
    /// <param name="line">A line of its verbose output, in the language C.</param>
    public static string? TableOf(string line) => Table().Match(line) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>Whether a line is about a failure.</summary>
    /// <param name="line">The line.</param>
    public static bool IsProblem(string line) => Problem().IsMatch(line);

    /// <summary>The reason of a failure in one text.</summary>
    /// <param name="lines">The last lines.</param>
    public static string Reason(IReadOnlyList<string> lines)
    {
        List<string> problems = [.. lines.Where(IsProblem)];
        var told = problems.Count > 0 ? problems : [.. lines.Where(line => line.Length > 0).TakeLast(KeptLines)];
        return string.Join(' ', told.Take(KeptLines).Select(line => Prefix().Replace(line, "")));
    }

    [GeneratedRegex("""^pg_(?:dump: dumping contents of|restore: processing data for) table "(.+)"$""")]
    private static partial Regex Table();

    // What the server said, with what it said further; without the statement, which may hold data.
    [GeneratedRegex("^pg_(?:dump|restore): (?:error|fatal|warning: errors ignored)|^(?:pg_(?:dump|restore): )?(?:detail|hint|DETAIL|HINT): ")]
    private static partial Regex Problem();

    [GeneratedRegex("^pg_(?:dump|restore): (?:error: |fatal: )?")]
    private static partial Regex Prefix();
}
