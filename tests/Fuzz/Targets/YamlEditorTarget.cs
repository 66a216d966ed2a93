using LangSmithPg.Common;
using LangSmithPg.Documents;
using LangSmithPg.Files;
using LangSmithPg.Helm;
using LangSmithPg.Helm.Editing;
using LangSmithPg.Yaml.Editing;

namespace LangSmithPg.Fuzz.Targets;

/// <summary>Edits of values files: the first line of the input is what to set, as <c>path=value</c> with tabs in between, the rest the file.</summary>
sealed class YamlEditorTarget : FuzzTarget
{
    const int MostEdits = 4;
    const int LongestPath = 100;

    public override string Name => "yaml-editor";

    public override IReadOnlyList<string> Words => YamlWords.All;

    public override void Run(byte[] input)
    {
        var (lines, text) = InputText.Split(input, 1);
        if (Read(lines[0]) is not { Entries.Count: > 0 } values)
        {
            return;
        }

        ValuesEdit edit;
        try
        {
            edit = ValuesEditor.Apply(text, values);
        }
        catch (FileEditException exception)
        {
            Promise.KeepsSecret(exception.Message, exception.Fix);
            Promise.Holds(exception.Kind != FileProblemKind.NotFaithful, "The editor cannot do what it set out to do.");
            return;
        }
        catch (Exception exception) when (exception is ArgumentException && !IsWritable(values))
        {
            // Half of a surrogate pair, perhaps in what is masked.
            return;
        }

        YamlTree.AssertChanged(text, edit.Text, values);
        Promise.Holds(ValuesEditor.Apply(edit.Text, values).Changes.Count == 0, "Set again, it changes again.");
        if (!text.Contains(Promise.Needle, StringComparison.Ordinal) && values.Entries.All(entry => !entry.ToString().Contains(Promise.Needle, StringComparison.Ordinal)))
        {
            Promise.KeepsSecret([edit.Diff, .. edit.Changes.Select(change => change.ToString())]);
        }
    }

    // Nothing of the module sets an empty key.
    static HelmValues? Read(string edits)
    {
        var values = HelmValues.Empty;
        foreach (var edit in edits.Split('\t', MostEdits + 1).Take(MostEdits))
        {
            if (edit.Split('=', 2) is [var path, var value] && path.Length <= LongestPath && !path.Split('.').Contains(""))
            {
                try
                {
                    values = values.With(ValuesPath.Of(path), Scalar(value), isSecret: value.Contains(Promise.Needle, StringComparison.Ordinal));
                }
                catch (ArgumentException)
                {
                    // One of the others stands above or below it.
                }
            }
        }

        return values;
    }

    static DocumentScalar Scalar(string value) => value switch
    {
        "true" or "false" => value == "true",
        _ when long.TryParse(value, out var number) => number,
        _ => value.Trim('"'),
    };

    static bool IsWritable(HelmValues values) =>
        !values.Entries.Any(entry => entry.IsSecret) && values.Entries.SelectMany(entry => entry.Path.Keys.Append(entry.Value)).All(one => !one.Any(char.IsSurrogate));
}
