using CsCheck;
using LangSmithPg.Documents;
using LangSmithPg.Helm;
using LangSmithPg.Yaml.Tests.Documents;
using YamlDotNet.RepresentationModel;

namespace LangSmithPg.Yaml.Tests.Editing;

/// <summary>Random values to set in a document: at places that it has, below them, and at new ones.</summary>
static class RandomEdits
{
    static readonly Gen<DocumentScalar> Value = Gen.Frequency<DocumentScalar>(
        (4, HostileTexts.Any.Where(text => !text.Contains('\n', StringComparison.Ordinal)).Select(text => (DocumentScalar)new DocumentText(text))),
        (2, Pick.From<DocumentScalar>(new DocumentText("pg"), new DocumentText("true"), new DocumentText("5432"))),
        (1, Gen.Int[0, 100_000].Select(number => (DocumentScalar)new DocumentNumber(number))),
        (1, Gen.Bool.Select(flag => (DocumentScalar)new DocumentFlag(flag))));

    static readonly Gen<string> NewKey = Pick.From("annotations", "azure.workload.identity/use", "a key", "enabled", "0", "yes", "x:y");

    /// <summary>Up to four values for one document.</summary>
    public static Gen<HelmValues> For(YamlNode? root)
    {
        var maps = Maps(root, []).ToList();
        maps = maps.Count > 0 ? maps : [([], new YamlMappingNode())];
        return Gen.Select(Gen.Int[0, maps.Count - 1], Gen.Int[0, 9], Gen.Select(NewKey, NewKey), Value).Array[1, 4].Select(choices =>
        {
            var values = HelmValues.Empty;
            foreach (var (map, kind, (key, below), value) in choices)
            {
                var (path, node) = maps[map];
                var own = node.Children.Keys.OfType<YamlScalarNode>().Select(one => one.Value!).ToList();
                IReadOnlyList<string> target = kind switch
                {
                    < 6 when own.Count > 0 => [.. path, own[(kind * 31 + map) % own.Count]],
                    < 8 => [.. path, key],
                    _ => [.. path, key, below],
                };
                try
                {
                    values = values.With(new(target), value);
                }
                catch (ArgumentException)
                {
                    // One of the others stands above or below it.
                }
            }

            return values;
        });
    }

    static IEnumerable<(IReadOnlyList<string> Path, YamlMappingNode Map)> Maps(YamlNode? node, IReadOnlyList<string> path)
    {
        if (node is not YamlMappingNode map)
        {
            yield break;
        }

        yield return (path, map);
        foreach (var (key, value) in map.Children)
        {
            if (key is YamlScalarNode { Value: { } name })
            {
                foreach (var below in Maps(value, [.. path, name]))
                {
                    yield return below;
                }
            }
        }
    }
}
