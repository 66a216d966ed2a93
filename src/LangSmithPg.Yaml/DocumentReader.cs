using LangSmithPg.Documents;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LangSmithPg.Yaml;

/// <summary>Reads YAML, one or several documents, or JSON, which YAML reads as well. Scalars are texts; what is null is left out.</summary>
static class DocumentReader
{
    /// <summary>The most characters of a text.</summary>
    public const int MaximumLength = 16 * 1024 * 1024;

    const int MaximumDepth = 100;
    // A few aliases of aliases can expand to more than fits in memory.
    const int MaximumNodes = 1_000_000;

    /// <summary>Reads the documents.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is not valid YAML. The message says where, and nothing of what stands there.</exception>
    public static IReadOnlyList<DocumentNode> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaximumLength)
        {
            throw new FormatException($"The text is larger than {MaximumLength / 1024 / 1024} MiB.");
        }

        if (YamlHazards.Find(text) is var (hazard, message))
        {
            throw new FormatException($"Line {1 + text.AsSpan(0, hazard).Count('\n')}: {message}");
        }

        try
        {
            var stream = new YamlStream();
            stream.Load(new ShallowParser(new Parser(new StringReader(text))));
            var count = 0;
            return [.. stream.Documents.Select(document => ToNode(document.RootNode, depth: 0, ref count)).OfType<DocumentNode>()];
        }
        catch (YamlException exception)
        {
            // Without the parser's own words, which may be those of the text.
            throw new FormatException($"Line {exception.Start.Line}, column {exception.Start.Column}: the text is not valid YAML or JSON.");
        }
        catch (Exception exception) when (YamlFaults.IsSyntax(exception))
        {
            throw new FormatException("The text is not valid YAML or JSON.");
        }
    }

    static DocumentNode? ToNode(YamlNode node, int depth, ref int count)
    {
        if (depth > MaximumDepth || ++count > MaximumNodes)
        {
            throw new FormatException("The text contains more values than any file of this kind has: its aliases may refer to themselves.");
        }

        switch (node)
        {
            case YamlMappingNode map:
                List<KeyValuePair<string, DocumentNode>> entries = [];
                foreach (var (key, value) in map.Children)
                {
                    if (key is YamlScalarNode { Value: { } name } && ToNode(value, depth + 1, ref count) is { } child)
                    {
                        entries.Add(new(name, child));
                    }
                }

                return new DocumentMap(entries);
            case YamlSequenceNode list:
                List<DocumentNode> items = [];
                foreach (var item in list.Children)
                {
                    if (ToNode(item, depth + 1, ref count) is { } child)
                    {
                        items.Add(child);
                    }
                }

                return new DocumentList(items);
            case YamlScalarNode { Value: { } text } scalar when scalar.Style != ScalarStyle.Plain || text is not ("" or "~" or "null" or "Null" or "NULL"):
                return new DocumentText(text);
            default:
                return null;
        }
    }
}
