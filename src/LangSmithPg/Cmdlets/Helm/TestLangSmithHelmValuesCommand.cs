using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Charts;
using LangSmithPg.Cmdlets.Charts;
using LangSmithPg.Completion;
using LangSmithPg.Errors;
using LangSmithPg.Files;
using LangSmithPg.Helm;
using LangSmithPg.Helm.Linting;

namespace LangSmithPg.Cmdlets.Helm;

/// <summary>Tests values files against the LangSmith chart and its effect on them, and fixes what is safe to fix.</summary>
[Cmdlet(VerbsDiagnostic.Test, "LangSmithHelmValues", SupportsShouldProcess = true, DefaultParameterSetName = VersionSet)]
[OutputType(typeof(ValuesReport))]
public sealed class TestLangSmithHelmValuesCommand : ChartCmdlet
{
    const string VersionSet = "ChartVersion";
    const string ChartSet = "Chart";

    readonly ValuesInput _values;
    LintChart? _chart;

    /// <summary>Creates the cmdlet.</summary>
    public TestLangSmithHelmValuesCommand() => _values = new(this);

    /// <summary>
    /// The values files of one release, in the order of Helm's -f: a later one wins. From the pipeline also the text itself, as "helm get values"
    /// and "Get-Content" give it.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FilePath", "LiteralPath", "FullName", "PSPath")]
    [AllowEmptyCollection]
    [AllowEmptyString]
    [AllowNull]
    [PathColumn("Path", "FilePath", "LiteralPath", "FullName", "PSPath")]
    public string[]? Path { get; set; }

    /// <summary>The version of the LangSmith chart; the newest stable one that is known by default.</summary>
    [Parameter(ParameterSetName = VersionSet)]
    [ArgumentCompleter(typeof(ChartVersionCompleter))]
    [ChartVersionText]
    public override ChartVersion ChartVersion { get; set; } = ChartCatalogue.NewestStable;

    /// <summary>A chart to validate the values against: its folder, its archive (.tgz), or a file of "helm show values".</summary>
    [Parameter(ParameterSetName = ChartSet, Mandatory = true)]
    public override string? Chart { get; set; }

    /// <summary>Fix what is safe to fix, in the files. The remaining findings are returned.</summary>
    [Parameter]
    public SwitchParameter Fix { get; set; }

    /// <summary>Keep a copy of each file that is changed beside it, as values.yaml.bak.</summary>
    [Parameter]
    public SwitchParameter Backup { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _chart = GetChart();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _values.Add(Path);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Fix && _values.IsText)
        {
            ThrowTerminatingError(ErrorRecords.TextNotFixed());
        }

        if (_values.Read() is not { } files)
        {
            return;
        }

        WriteVerbose($"Validating {string.Join(", ", _values.Paths)} against {(ParameterSetName == VersionSet ? $"chart {_chart!.TakenFor ?? ChartVersion}" : $"the chart {Chart}")}.");
        var report = ValuesLint.Evaluate(files, _chart!);
        foreach (var finding in report.Findings)
        {
            WriteVerbose($"{finding}");
        }

        WriteVerbose($"{report.Findings.Count} findings in {string.Join(", ", _values.Paths)}; {report.Findings.Count(finding => finding.CanFix)} of them can be fixed with -Fix.");
        if (Fix)
        {
            var repaired = Repair(report);
            report = (repaired.Length > 0 && this.ReadFiles(_values.Paths) is { } changed ? ValuesLint.Evaluate(changed, _chart!) : report) with { Fixed = repaired };
        }

        WriteObject(report);
    }

    // The findings that were fixed.
    ValuesFinding[] Repair(ValuesReport report)
    {
        List<ValuesFinding> repaired = [];
        foreach (var file in report.Findings.Where(finding => finding.CanFix).GroupBy(finding => finding.Path))
        {
            var findings = file.Where(IsPossible).ToList();
            var repair = findings.Aggregate(HelmValues.Empty, (all, finding) => all.With(finding.GetRepair()!));
            if (repair.Entries.Count > 0 && new ValuesFileWriter(this, file.Key, force: true, Backup).Merge(repair))
            {
                repaired.AddRange(findings);
            }
        }

        return [.. repaired];
    }

    // A value that cannot be fixed in place, such as one of an alias, must not prevent other fixes.
    bool IsPossible(ValuesFinding finding)
    {
        try
        {
            Yaml.Editing.ValuesEditor.Apply(Wait(() => EditedFile.Open(finding.Path)).Text, finding.GetRepair()!);
            WriteVerbose($"To be fixed: {finding}");
            return true;
        }
        catch (FileEditException exception)
        {
            WriteError(exception.ToErrorRecord(finding.Path));
            return false;
        }
    }
}
