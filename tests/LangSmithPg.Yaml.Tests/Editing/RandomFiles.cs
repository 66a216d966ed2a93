using CsCheck;

namespace LangSmithPg.Yaml.Tests.Editing;

/// <summary>Random values files with everything that real ones have: comments, quotes, blank lines, blocks, flow, anchors, Windows line ends.</summary>
static class RandomFiles
{
    const int Depth = 4;

    static readonly Gen<string> Key = Pick.From(
        "backend", "external", "enabled", "labels", "\"quoted key\"", "'single'", "azure.workload.identity/use", "résumé", "k8s", "0", "null", "on");

    static readonly Gen<string> Comment = Pick.From("", "", "", "  # why", " # key: value", "   #", " # é😀");

    static readonly Gen<string> Scalar = Pick.From(
        "1", "true", "text", "two words", "\"double \\\" \\u00e9\"", "'it''s'", "~", "", "\"\"", "''", "{}", "[]", "[a, b]", "{a: 1, b: {c: d}}", "{\"a\":\"b\",\"c\":{}}", "0x1F", "1e3", "no",
        "http://host/path?x=1#y", "!!str 12", "2026-01-01", "-1", "a:b", "\"# no comment\"");

    static readonly Gen<string> Between = Pick.From("", "", "", "\n", "# a line\n", "\n\n# two\n# lines\n", "    # far in\n", "  \n");

    /// <summary>Any file.</summary>
    public static Gen<string> Any { get; } = Gen.Select(Pick.From("", "", "---\n", "# head\n\n", "%YAML 1.1\n---\n"), Map(0, Depth), Gen.Int[2, 4], Gen.Bool, Gen.Int[0, 5])
        .Select((head, body, step, isWindows, end) =>
        {
            var text = head + body.Replace("\u0001", new string(' ', step), StringComparison.Ordinal);
            text = end == 0 ? text.TrimEnd('\n') : text;
            text = isWindows ? text.Replace("\n", "\r\n", StringComparison.Ordinal) : text;
            return end == 1 ? "\uFEFF" + text : text;
        });

    // \u0001 stands for a step of indentation.
    static Gen<string> Map(int level, int depth) => Gen.Select(Gen.Select(Key, Entry(level, depth), Between).Array[1, 4], Gen.Const(level)).Select((entries, _) =>
        string.Concat(entries.DistinctBy(entry => entry.Item1.Trim('"', '\''), StringComparer.Ordinal)
            .Select(entry => $"{Indent(level)}{entry.Item1}:{entry.Item2}{entry.Item3}")));

    static Gen<string> Entry(int level, int depth)
    {
        var leaf = Gen.Select(Scalar, Comment).Select((value, comment) => $"{(value.Length > 0 ? " " : "")}{value}{comment}\n");
        var block = Pick.From("|", "|-", "|+", ">", ">-").Select(sign =>
            $" {sign}\n{Indent(level + 1)}first # no comment\n\n{Indent(level + 1)}  second: x\n");
        var list = Gen.Select(Gen.Bool, Scalar).Select((isIn, value) =>
            $"\n{Indent(level + (isIn ? 1 : 0))}- {(value is "" or "!!str 12" ? "x" : value)}\n{Indent(level + (isIn ? 1 : 0))}- a: 1\n{Indent(level + (isIn ? 1 : 0))}  b: 2\n");
        var anchored = Gen.Const($" &anchor{level}\n{Indent(level + 1)}shared: 1\n");
        return depth == 0
            ? Gen.Frequency((6, leaf), (1, block), (1, list))
            : Gen.Frequency((6, leaf), (1, block), (1, list), (1, anchored), (5, Gen.Select(Comment, Map(level + 1, depth - 1)).Select((comment, map) => $"{comment}\n{map}")));
    }

    static string Indent(int level) => new('\u0001', level);
}
