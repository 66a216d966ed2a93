using System.ComponentModel;
using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Charts;
using LangSmithPg.Completion;
using LangSmithPg.Errors;
using LangSmithPg.Helm.Linting;

namespace LangSmithPg.Cmdlets.Charts;

/// <summary>A cmdlet whose work depends on the version of the chart.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ChartCmdlet : LangSmithCmdlet
{
    // The keys are in 0.12.28 already; LangSmith's documentation names 0.12.29.
    private protected static readonly ChartVersion ClientCertificateSince = new("0.12.29");

    /// <summary>The version of the LangSmith chart; the newest stable one that is known by default.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ChartVersionCompleter))]
    [ChartVersionText]
    public virtual ChartVersion ChartVersion { get; set; } = ChartCatalogue.NewestStable;

    /// <summary>The chart itself, in place of its version: its folder, its archive (.tgz), or a file of "helm show values".</summary>
    [Parameter]
    public virtual string? Chart { get; set; }

    // Ends the cmdlet when nothing is known of the version, or the chart cannot be read.
    private protected LintChart GetChart() => this.GetChart(ChartVersion, Chart);

    private protected LintChart GetChart(ChartFeature feature, string what, ChartVersion? since = null)
    {
        var chart = GetChart();
        if (!chart.Features.Contains(feature) || (since is not null && chart.Version is { } version && version < since))
        {
            ThrowTerminatingError(ErrorRecords.ChartTooOld(new(chart.Version, feature, what, since)));
        }

        return chart;
    }

    // Those that the names or patterns fit, in the chart's order.
    private protected IReadOnlyList<ChartComponent> Choose(IReadOnlyList<string>? names, LintChart chart, IReadOnlyList<ChartComponent> among)
    {
        if (names is null)
        {
            return among;
        }

        var patterns = names.Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase)).ToList();
        for (var index = 0; index < patterns.Count; index++)
        {
            if (!among.Any(component => patterns[index].IsMatch(component.Name)))
            {
                ThrowTerminatingError(ErrorRecords.UnknownComponent(names[index], chart, among));
            }
        }

        return [.. among.Where(component => patterns.Exists(pattern => pattern.IsMatch(component.Name)))];
    }
}
