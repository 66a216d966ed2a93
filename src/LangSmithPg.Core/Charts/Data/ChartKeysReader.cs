namespace LangSmithPg.Charts.Data;

/// <summary>Reads the tree of keys from its file, which explains itself.</summary>
static class ChartKeysReader
{
    public static ChartKey Read()
    {
        using var stream = typeof(ChartKeysReader).Assembly.GetManifestResourceStream("keys.txt")!;
        using var reader = new StreamReader(stream);
        Queue<string> lines = new(reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#'));
        List<ChartVersion> always = [ChartCatalogue.Oldest];
        return new("", isOpen: false, always, Below(lines, depth: 0, always));
    }

    static List<ChartKey> Below(Queue<string> lines, int depth, IReadOnlyList<ChartVersion> parent)
    {
        List<ChartKey> keys = [];
        while (lines.TryPeek(out var line) && line.Length - line.TrimStart().Length == depth)
        {
            var words = lines.Dequeue().Trim().Split(' ');
            IReadOnlyList<ChartVersion> turns = words.Length == 1 ? parent : [.. words[1].Split(',').Select(ChartVersion.Parse)];
            keys.Add(new(words[0].TrimEnd('*', '[', ']'), words[0].EndsWith('*'), turns, Below(lines, depth + 1, turns), isList: words[0].EndsWith(']')));
        }

        return keys;
    }
}
