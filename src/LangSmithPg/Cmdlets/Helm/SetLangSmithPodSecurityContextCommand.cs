using System.Management.Automation;
using LangSmithPg.Charts;
using LangSmithPg.Cmdlets.Charts;
using LangSmithPg.Completion;
using LangSmithPg.Helm;

namespace LangSmithPg.Cmdlets.Helm;

/// <summary>Adds to Helm values what lets LangSmith's pods read the client certificate for PostgreSQL: the group that owns it.</summary>
[Cmdlet(VerbsCommon.Set, "LangSmithPodSecurityContext", DefaultParameterSetName = CommonSet, SupportsShouldProcess = true)]
[OutputType(typeof(HelmValues), typeof(FileInfo))]
public sealed class SetLangSmithPodSecurityContextCommand : ChartValuesCmdlet
{
    const string CommonSet = "Common";
    const string PerPodSet = "PerPod";

    IReadOnlyList<ChartComponent> _components = [];

    /// <summary>Number of the group.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int FsGroup { get; set; } = PodSecurityValues.DefaultGroup;

    /// <summary>Set it for each pod that mounts the certificate, not for all pods of the chart.</summary>
    [Parameter(ParameterSetName = PerPodSet, Mandatory = true)]
    public SwitchParameter PerPod { get; set; }

    /// <summary>Only these components, by name or pattern; all that mount the certificate by default.</summary>
    [Parameter(ParameterSetName = PerPodSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ChartComponentCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Component { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        var chart = PerPod
            ? GetChart(ChartFeature.ClientCertificate, "client certificates for PostgreSQL", ClientCertificateSince)
            : GetChart(ChartFeature.CommonPodSecurityContext, "commonPodSecurityContext");
        _components = Choose(Component, chart, chart.CertificateReaders);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Give(PerPod
        ? PodSecurityValues.ForComponents(TakeValues(), FsGroup, _components)
        : PodSecurityValues.ForAll(TakeValues(), FsGroup));
}
