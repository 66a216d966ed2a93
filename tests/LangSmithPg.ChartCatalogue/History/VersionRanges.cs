using System.Globalization;
using LangSmithPg.Charts;

namespace LangSmithPg.CatalogueTool.History;

/// <summary>Versions in the short form of the catalogue: <c>0.12.20..37</c> for 0.12.20, 0.12.21 and so on.</summary>
static class VersionRanges
{
    public static IReadOnlyList<string> Of(IReadOnlyList<ChartVersion> versions)
    {
        List<(string Text, string Line, int First, int Last)> ranges = [];
        foreach (var version in versions)
        {
            var (line, patch) = Split(version);
            if (patch is { } number && ranges is [.., var before] && before.Line == line && before.Last == number - 1)
            {
                ranges[^1] = before with { Last = number };
            }
            else
            {
                ranges.Add(($"{version}", line, patch ?? 0, patch ?? 0));
            }
        }

        return [.. ranges.Select(range => range.Last == range.First ? range.Text : $"{range.Text}..{range.Last}")];
    }

    // A pre-release is in no range.
    static (string Line, int? Patch) Split(ChartVersion version)
    {
        var text = $"{version}";
        var dot = text.LastIndexOf('.');
        return version.IsPrerelease ? (text, null) : (text[..dot], int.Parse(text.AsSpan(dot + 1), CultureInfo.InvariantCulture));
    }
}
