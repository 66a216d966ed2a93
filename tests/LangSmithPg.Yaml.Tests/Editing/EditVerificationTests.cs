using System.Globalization;
using System.Text;
using CsCheck;
using LangSmithPg.Common;
using LangSmithPg.Files;
using LangSmithPg.Fuzz.Targets;
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
public sealed class EditVerificationTests
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
        var files = Directory.GetFiles(folder!, "*.yaml");
        var edits = Math.Max(1, Edits / 100);
        var done = 0;
        foreach (var file in files)
        {
            var text = File.ReadAllText(file, new UTF8Encoding(false));
            RandomEdits.For(Root(text)).Sample(values => Check(text, values, ref done), iter: edits, threads: 1);
        }

        Assert.True(done > files.Length * edits / 3, $"Only {done} of {files.Length * edits} edits were not refused.");
    }

    static void Check(string text, HelmValues values, ref int done)
    {
        ValuesEdit edit;
        try
        {
            edit = ValuesEditor.Apply(text, values);
        }
        catch (FileEditException exception)
        {
            // Refusing is safe, but not for a reason that is our own fault.
            Assert.NotEqual(FileProblemKind.NotFaithful, exception.Kind);
            return;
        }

        done++;
        Assert.Equal(YamlTree.ShownWith(Root(text), values), YamlTree.Shown(Root(edit.Text)));
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
}
