using System.Text;
using LangSmithPg.Charts;
using LangSmithPg.Files;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Yaml.Editing;
using LangSmithPg.Yaml.Linting;

namespace LangSmithPg.Fuzz.Targets;

/// <summary>Values files held against a chart, and mended.</summary>
sealed class ValuesLintTarget : FuzzTarget
{
    static readonly LintChart Chart = LintChart.Of(ChartCatalogue.Newest);

    public override string Name => "values-lint";

    public override IReadOnlyList<string> Words => YamlWords.All;

    // Every finding is mended on its own.
    public override long MaximumMemory => 512L << 20;

    public override void Run(byte[] input)
    {
        // A file that is no UTF-8 does not come as far as here.
        var text = Encoding.UTF8.GetString(input);
        ValuesFile file;
        try
        {
            file = ValuesFileReader.Read("values.yaml", text);
        }
        catch (FileEditException exception)
        {
            Promise.KeepsSecret(exception.Message, exception.Fix);
            return;
        }

        var lines = 1 + text.Count(one => one is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029');
        var report = ValuesLint.Evaluate([file], Chart);
        foreach (var finding in report.Findings)
        {
            Promise.Holds(finding.Line >= 1 && finding.Line <= lines && finding.Column >= 1, $"There is no place {finding.Place}.");
            if (finding.GetRepair() is { } repair)
            {
                Mend(text, finding, repair);
            }
        }

        // A key is named, whatever it is.
        if (!file.Values.Concat(file.Repeated).Any(value => value.Path.ToString().Contains(Promise.Needle, StringComparison.Ordinal)))
        {
            Promise.KeepsSecret(report.Findings.SelectMany(finding => new[] { finding.ToString(), finding.Key, finding.Why, finding.Fix?.Text }));
        }
    }

    static void Mend(string text, ValuesFinding finding, LangSmithPg.Helm.HelmValues repair)
    {
        try
        {
            var mended = ValuesEditor.Apply(text, repair).Text;
            var left = ValuesLint.Evaluate([ValuesFileReader.Read("values.yaml", mended)], Chart).Findings;
            Promise.Holds(!left.Any(one => one.CanFix && one.Id == finding.Id && one.Key == finding.Key), $"It is mended, and there still: {finding}");
        }
        catch (FileEditException exception)
        {
            Promise.Holds(exception.Kind != FileProblemKind.NotFaithful, "The editor cannot do what it set out to do.");
        }
    }
}
