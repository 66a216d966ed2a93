using LangSmithPg.CatalogueTool.Facts;
using LangSmithPg.CatalogueTool.Files;
using LangSmithPg.CatalogueTool.History;
using LangSmithPg.CatalogueTool.Sources;
using LangSmithPg.Charts;
using LangSmithPg.Charts.Data;

namespace LangSmithPg.CatalogueTool;

/// <summary>Compares the files with what the charts give, or writes them.</summary>
/// <param name="folder">The folder of the files.</param>
/// <param name="output">Where the result is shown.</param>
sealed class CatalogueRun(string folder, TextWriter output)
{
    const string Catalog = "catalogue.json";
    const string Keys = "keys.txt";
    const string Defaults = "defaults.txt";
    const string Variables = "variables.txt";

    /// <summary>Shows what differs.</summary>
    /// <param name="source">A clone of the chart's repository, or a folder of charts.</param>
    /// <returns>Whether all files are up to date.</returns>
    public bool Compare(string source)
    {
        var isSame = true;
        foreach (var (name, text) in Create(source))
        {
            var difference = LineDifference.Between(File.ReadAllText(Path.Join(folder, name)), text);
            output.WriteLine(difference.Length == 0 ? $"{name} is up to date." : $"{name} differs:\n{difference}");
            isSame &= difference.Length == 0;
        }

        return isSame;
    }

    /// <summary>Writes the files.</summary>
    /// <param name="source">A clone of the chart's repository, or a folder of charts.</param>
    public void Write(string source)
    {
        foreach (var (name, text) in Create(source))
        {
            File.WriteAllText(Path.Join(folder, name), text);
            output.WriteLine($"{name} is written.");
        }
    }

    IReadOnlyList<(string Name, string Text)> Create(string source)
    {
        var existing = CatalogueFile.Read(File.ReadAllText(Path.Join(folder, Catalog)));
        List<ChartVersion> known = [.. existing.Versions.SelectMany(CatalogueReader.Expand)];
        List<ChartFacts> charts = [.. ChartSource.Read(source, known[0]).Select(chart => ChartFacts.Read(chart, existing))];
        return known.Where(version => !version.IsPrerelease).Except(charts.Select(chart => chart.Version)).ToList() is [var missing, ..]
            // Nothing would be known of it any more.
            ? throw new InvalidDataException($"{source} does not have version {missing}, which the catalog contains.")
            : [(Catalog, CatalogueFile.Write(Catalogue.Create(charts, existing))), (Keys, KeysFile.Write(charts)), (Defaults, DefaultsFile.Write(charts)), (Variables, VariablesFile.Write(charts))];
    }
}
