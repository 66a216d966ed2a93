using LangSmithPg.Charts;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LangSmithPg.Yaml.Charts;

/// <summary>Reads the YAML files of a Helm chart.</summary>
static class ChartYaml
{
    const int DeepestMap = 100;
    // A few aliases of aliases can expand to more than fits in memory.
    const int MostValues = 1_000_000;

    /// <summary>The version that a Chart.yaml names; null when it names none.</summary>
    /// <param name="chartYaml">The text of Chart.yaml.</param>
    /// <exception cref="FormatException">It is not valid YAML.</exception>
    public static ChartVersion? ReadVersion(string chartYaml) =>
        ChartVersion.TryParse(ReadValues(chartYaml).GetValueOrDefault("version"), out var version) ? version : null;

    /// <summary>The values of a file by their paths, with dots. A map has no text; what is in lists is left out.</summary>
    /// <param name="text">The text of the file.</param>
    /// <exception cref="FormatException">It is not valid YAML, or not a map.</exception>
    public static IReadOnlyDictionary<string, string?> ReadValues(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (YamlHazards.Find(text) is var (hazard, message))
        {
            throw new FormatException($"Line {1 + text.AsSpan(0, hazard).Count('\n')}: {message}");
        }

        try
        {
            var stream = new YamlStream();
            stream.Load(new ShallowParser(new Parser(new StringReader(text))));
            Dictionary<string, string?> values = new(StringComparer.Ordinal);
            if (stream.Documents.Count > 0 && stream.Documents[0].RootNode is var root && root is not YamlScalarNode { Value: null or "" })
            {
                Collect(root as YamlMappingNode ?? throw new FormatException("The file is not a map of values."), "", depth: 0, values);
            }

            return values;
        }
        catch (YamlException exception)
        {
            throw new FormatException($"Line {exception.Start.Line}, column {exception.Start.Column}: {exception.Message}", exception);
        }
        catch (Exception exception) when (YamlFaults.IsSyntax(exception))
        {
            throw new FormatException($"The file is not valid YAML: {exception.Message}", exception);
        }
    }

    static void Collect(YamlMappingNode map, string parent, int depth, Dictionary<string, string?> values)
    {
        if (depth > DeepestMap)
        {
            throw new FormatException($"The maps below {parent} are nested more than {DeepestMap} levels deep.");
        }

        if (values.Count > MostValues)
        {
            throw new FormatException("The file contains more values than any chart has: its aliases may refer to themselves.");
        }

        foreach (var (key, value) in map.Children)
        {
            if (key is YamlScalarNode { Value: { } name })
            {
                var path = $"{parent}{name}";
                values[path] = (value as YamlScalarNode)?.Value;
                if (value is YamlMappingNode below)
                {
                    Collect(below, $"{path}.", depth + 1, values);
                }
            }
        }
    }
}
