namespace LangSmithPg.Charts.Data;

/// <summary>The text files of the catalog.</summary>
static class ChartTextFile
{
    /// <summary>The lines of a file, without comments.</summary>
    /// <param name="name">Its name.</param>
    public static IReadOnlyList<string> Lines(string name)
    {
        using var stream = typeof(ChartTextFile).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#')];
    }
}
