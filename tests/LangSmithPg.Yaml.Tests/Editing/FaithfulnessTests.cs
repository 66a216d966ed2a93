using System.Globalization;
using System.Text;
using CsCheck;
using LangSmithPg.Documents;
using LangSmithPg.Helm;
using LangSmithPg.Helm.Editing;
using LangSmithPg.Yaml.Editing;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LangSmithPg.Yaml.Tests.Editing;

/// <summary>
/// Random edits of random and real files: another reader's tree changes exactly as asked, and the lines that are not concerned are the
/// same to the byte. <c>LANGSMITHPG_EDITS</c> says how many; <c>LANGSMITH_CHART_VALUES</c> names a folder with real values files.
/// </summary>
public sealed class FaithfulnessTests
{
    static readonly long Edits = long.Parse(Environment.GetEnvironmentVariable("LANGSMITHPG_EDITS") ?? "1500", CultureInfo.InvariantCulture);

    [Fact]
    public void Random_files_change_as_asked_and_nowhere_else()
    {
        var done = 0;
        RandomFiles.Any.SelectMany(text => RandomEdits.For(Root(text)).Select(values => (text, values)))
            .Sample(one => Check(one.text, one.values, ref done), iter: Edits, threads: 1, print: one => $"{one.values}\n{one.text}");
        Assert.True(done > Edits / 3, $"Only {done} of {Edits} edits were not refused.");
    }

    [Fact]
    public void Real_files_change_as_asked_and_nowhere_else()
    {
        var folder = Environment.GetEnvironmentVariable("LANGSMITH_CHART_VALUES");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "LANGSMITH_CHART_VALUES names no folder with values files of the chart.");
        foreach (var file in Directory.GetFiles(folder!, "*.yaml"))
        {
            var done = 0;
            var text = File.ReadAllText(file, new UTF8Encoding(false));
            var edits = Math.Max(1, Edits / 100);
            RandomEdits.For(Root(text)).Sample(values => Check(text, values, ref done), iter: edits, threads: 1);
            Assert.True(done > edits / 3, $"{file}: only {done} of {edits} edits were not refused.");
        }
    }

    static void Check(string text, HelmValues values, ref int done)
    {
        ValuesEdit edit;
        try
        {
            edit = ValuesEditor.Apply(text, values);
        }
        catch (ValuesEditException exception)
        {
            // Refusing is safe, but not for a reason that is our own fault.
            Assert.NotEqual(ValuesProblemKind.NotFaithful, exception.Kind);
            return;
        }

        done++;
        var expected = Plain(Root(text)) as Dictionary<string, object?> ?? [];
        foreach (var entry in values.Entries)
        {
            Put(expected, entry.Path.Keys, entry.Path, values);
        }

        Assert.Equal(Show(expected), Show(Plain(Root(edit.Text))));
        AssertLines(text, edit);
        Assert.Empty(ValuesEditor.Apply(edit.Text, values).Changes);
    }

    static void AssertLines(string before, ValuesEdit edit)
    {
        var (old, now) = (before.Split('\n'), edit.Text.Split('\n'));
        var gone = (LineDistance.Between(old, now) - (now.Length - old.Length)) / 2;

        // A value of several lines goes as a whole, and a last line without an end gets one.
        var allowed = edit.Changes.Sum(change => LinesOf(Root(before), change.Path)) + (before.EndsWith('\n') ? 0 : 1);
        Assert.True(gone <= allowed, $"{gone} lines went, {allowed} may: {string.Join(", ", edit.Changes.Select(change => change.Path))}");
        Assert.Equal(before.StartsWith('\uFEFF'), edit.Text.StartsWith('\uFEFF'));
        Assert.Equal(before.Contains('\r', StringComparison.Ordinal) ? edit.Text.Count(character => character == '\n') : 0, edit.Text.Split("\r\n").Length - 1);
    }

    // The lines of the value that stands there, or in its way.
    static int LinesOf(YamlNode? node, ValuesPath path)
    {
        foreach (var key in path.Keys)
        {
            if (node is not YamlMappingNode map)
            {
                break;
            }

            if (!map.Children.TryGetValue(new YamlScalarNode(key), out node))
            {
                // New in a map: on lines of its own, or on that of the map in flow style.
                return map.Style == YamlDotNet.Core.Events.MappingStyle.Flow ? 1 : 0;
            }
        }

        return node is null ? 0 : (int)(node.End.Line - node.Start.Line) + 1;
    }

    static void Put(Dictionary<string, object?> map, IReadOnlyList<string> keys, ValuesPath path, HelmValues values)
    {
        if (keys.Count == 1)
        {
            map[keys[0]] = Wanted(values, path);
            return;
        }

        if (map.GetValueOrDefault(keys[0]) is not Dictionary<string, object?> below)
        {
            map[keys[0]] = below = [];
        }

        Put(below, [.. keys.Skip(1)], path, values);
    }

    static string Wanted(HelmValues values, ValuesPath path)
    {
        DocumentNode node = values.ToDocument();
        foreach (var key in path.Keys)
        {
            node = ((DocumentMap)node).Entries.First(entry => entry.Key == key).Value;
        }

        return node is DocumentText text ? $"text {text.Value}" : Typed(node.ToString()!, isQuoted: false);
    }

    static YamlNode? Root(string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text.TrimStart('\uFEFF')));
        }
        catch (YamlException)
        {
            return null;
        }

        return stream.Documents.Count > 0 ? stream.Documents[0].RootNode : null;
    }

    static object? Plain(YamlNode? node) => node switch
    {
        YamlMappingNode map => map.Children.Where(pair => pair.Key is YamlScalarNode).ToDictionary(pair => ((YamlScalarNode)pair.Key).Value!, pair => Plain(pair.Value)),
        YamlSequenceNode list => list.Children.Select(Plain).ToList(),
        YamlScalarNode scalar => Typed(scalar.Value!, scalar.Style != ScalarStyle.Plain || !scalar.Tag.IsEmpty),
        _ => null,
    };

    static string Typed(string value, bool isQuoted) =>
        isQuoted || YamlScalars.IsTextUnquoted(value) ? $"text {value}"
        : value.ToLowerInvariant() switch
        {
            "y" or "yes" or "true" or "on" => "flag true",
            "n" or "no" or "false" or "off" => "flag false",
            "" or "~" or "null" => "null",
            var other => $"number {other}",
        };

    static string Show(object? value) => value switch
    {
        Dictionary<string, object?> map => "{" + string.Join(", ", map.Select(pair => $"{pair.Key}: {Show(pair.Value)}")) + "}",
        List<object?> list => "[" + string.Join(", ", list.Select(Show)) + "]",
        _ => value?.ToString() ?? "",
    };
}
