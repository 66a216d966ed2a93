using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Findings;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LangSmithPg.Yaml.Findings;

/// <summary>Reads a file of accepted findings: a list in YAML or JSON, whose entries have an id, a target, a reason and an end.</summary>
static class AcceptedFindingsFile
{
    const int MaximumLength = 1024 * 1024;
    const string Never = "never";

    static readonly string[] Keys = ["id", "target", "reason", "until"];

    /// <summary>Reads the entries.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">Path of the file, for messages.</param>
    /// <exception cref="AcceptedFindingException">An entry is not valid. The message says where, and the fix how to correct it.</exception>
    public static IReadOnlyList<AcceptedFinding> Read(string text, string path)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. Roots(text, path).SelectMany(root => root switch
        {
            YamlSequenceNode list => list.Children.Select(entry => Entry(entry, path)),
            // A file in which every entry is commented out.
            YamlScalarNode { Value: null or "" } => [],
            _ => throw Invalid(path, root, "this is not a list of accepted findings.", "Begin each entry with '- id:'."),
        })];
    }

    static IReadOnlyList<YamlNode> Roots(string text, string path)
    {
        if (text.Length > MaximumLength)
        {
            throw new AcceptedFindingException($"{path} is larger than {MaximumLength / 1024 / 1024} MiB.", "Specify a file of accepted findings.");
        }

        if (YamlHazards.Find(text) is var (hazard, message))
        {
            throw new AcceptedFindingException($"{path}, line {1 + text.AsSpan(0, hazard).Count('\n')}: {message}", "Correct the line.");
        }

        try
        {
            var stream = new YamlStream();
            stream.Load(new ShallowParser(new Parser(new StringReader(text))));
            return [.. stream.Documents.Select(document => document.RootNode)];
        }
        catch (YamlException exception)
        {
            throw new AcceptedFindingException(
                $"{path}, line {exception.Start.Line}, column {exception.Start.Column}: the text is not valid YAML or JSON.",
                "Correct the line. Text that contains ': ' or ' #' must be in quotation marks.", exception);
        }
        catch (Exception exception) when (YamlFaults.IsSyntax(exception))
        {
            throw new AcceptedFindingException($"{path}: the text is not valid YAML or JSON.", "Correct the file.", exception);
        }
    }

    static AcceptedFinding Entry(YamlNode node, string path)
    {
        if (node is not YamlMappingNode map)
        {
            throw Invalid(path, node, "this is not an accepted finding.", "Specify id, reason, until, and optionally target.");
        }

        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (var (key, value) in map.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (!Keys.Contains(name, StringComparer.Ordinal))
            {
                throw Invalid(
                    path, key, $"'{name}' is not a property of an accepted finding.",
                    Nearest.To(name, Keys) is { } near ? $"Did you mean {near}?" : $"Use {string.Join(", ", Keys)}.");
            }

            if (value is not YamlScalarNode { Value: { } text } || string.IsNullOrWhiteSpace(text) || IsNull((YamlScalarNode)value))
            {
                throw Invalid(path, value, $"{name} has no text.", $"Specify a text for {name}{(name == "target" ? ", or remove the line: then every database is meant" : "")}.");
            }

            values[name] = text.Trim();
        }

        var id = Required("id", "Specify the id of the finding, such as Server.CommunitySupport or Extension.*.");
        if (id.Equals(AcceptedFinding.NeverAccepted, StringComparison.OrdinalIgnoreCase))
        {
            throw Invalid(path, map, $"the finding {AcceptedFinding.NeverAccepted} cannot be accepted: a database that was not checked is never ready.", "Remove the entry.");
        }

        return new(
            id, values.GetValueOrDefault("target", "*"),
            Required("reason", "Specify why the finding is accepted."),
            End(Required("until", $"Specify the last day, such as until: 2027-03-31, or until: {Never} if the acceptance has no end."), map, path),
            $"{path}, line {map.Start.Line}");

        string Required(string name, string fix) => values.TryGetValue(name, out var value) ? value : throw Invalid(path, map, $"the accepted finding has no {name}.", fix);
    }

    static DateOnly? End(string text, YamlMappingNode map, string path) =>
        text.Equals(Never, StringComparison.OrdinalIgnoreCase) ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw Invalid(
            path, map.Children.First(one => one.Key is YamlScalarNode { Value: "until" }).Value, $"until is not a valid date: {VisibleText.Line(text)}.",
            $"Specify the last day as year, month and day, such as 2027-03-31, or {Never}.");

    static bool IsNull(YamlScalarNode scalar) => scalar.Style == ScalarStyle.Plain && scalar.Value is "~" or "null" or "Null" or "NULL";

    static AcceptedFindingException Invalid(string path, YamlNode node, string message, string fix) => new($"{path}, line {node.Start.Line}: {message}", fix);
}
