namespace LangSmithPg.Charts.Data;

/// <summary>Reads from its file, which explains itself, what the chart's own values say.</summary>
static class ChartDefaultsReader
{
    public static IReadOnlyDictionary<string, IReadOnlyList<(ChartVersion From, string? Value)>> Read() =>
        ChartTextFile.Lines("defaults.txt").Select(line => line.Split(' ', 2))
            .ToDictionary(parts => parts[0], parts => (IReadOnlyList<(ChartVersion, string?)>)[.. parts[1].Split(", ").Select(Turn)], StringComparer.Ordinal);

    static (ChartVersion From, string? Value) Turn(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (ChartVersion.Parse(text), null) : (ChartVersion.Parse(text[..equals]), text[(equals + 1)..]);
    }
}
