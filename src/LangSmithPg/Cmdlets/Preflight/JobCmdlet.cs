using System.Collections;
using System.ComponentModel;
using System.Globalization;
using System.Management.Automation;
using LangSmithPg.Cmdlets.Charts;
using LangSmithPg.Errors;
using LangSmithPg.Kubernetes;
using LangSmithPg.Preflight;

namespace LangSmithPg.Cmdlets.Preflight;

/// <summary>A cmdlet that makes Kubernetes Jobs in which this module runs as LangSmith's own pods do.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class JobCmdlet : ChartCmdlet
{
    ModuleSource? _repository;

    /// <summary>Name of the Helm release.</summary>
    [Parameter]
    public string ReleaseName { get; set; } = "langsmith";

    /// <summary>The namespace of LangSmith; the one that the values name by default, or that kubectl is set to.</summary>
    [Parameter]
    public string? Namespace { get; set; }

    /// <summary>An image with PowerShell 7.4 or later.</summary>
    [Parameter]
    public string Image { get; set; } = PreflightOptions.DefaultImage;

    /// <summary>Secrets with credentials for the image's registry, beside those of the values.</summary>
    [Parameter]
    public string[] ImagePullSecret { get; set; } = [];

    /// <summary>The service account to run as; by default for each database that of a pod that uses it.</summary>
    [Parameter]
    public string? ServiceAccountName { get; set; }

    /// <summary>Further labels of the pod, for network policies that ask for them.</summary>
    [Parameter]
    public IDictionary? PodLabel { get; set; }

    /// <summary>The user ID that the container runs as, unless the values name one.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long RunAsUser { get; set; } = 1000;

    /// <summary>The image holds this module already.</summary>
    [Parameter]
    public SwitchParameter ModuleInImage { get; set; }

    /// <summary>A PersistentVolumeClaim whose volume holds this module or its package.</summary>
    [Parameter]
    public string? ModuleVolumeClaim { get; set; }

    /// <summary>A repository that the pod can reach and takes this module from, such as https://www.powershellgallery.com/api/v2.</summary>
    [Parameter]
    public string? ModuleRepository { get; set; }

    /// <summary>Most time for the server, in seconds.</summary>
    [Parameter]
    [ValidateRange(0.1, 300)]
    public double TimeoutSeconds { get; set; } = 15;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if ((ModuleInImage ? 1 : 0) + (ModuleVolumeClaim is null ? 0 : 1) + (ModuleRepository is null ? 0 : 1) > 1)
        {
            ThrowTerminatingError(ErrorRecords.SeveralModuleSources());
        }

        try
        {
            _repository = ModuleRepository is null ? null : ModuleSource.From(ModuleRepository);
        }
        catch (ArgumentException exception)
        {
            ThrowTerminatingError(ErrorRecords.InvalidRepository(exception));
        }
    }

    private protected void RequireReleaseName()
    {
        if (!KubernetesNames.IsNamespace(ReleaseName))
        {
            throw new InvalidNameException(ReleaseName, $"'{ReleaseName}' is not a valid Helm release name. Use lowercase letters, digits and '-'.");
        }
    }

    private protected ModuleSource GetModule(bool withTokens) => ModuleInImage ? ModuleSource.Image
        : ModuleVolumeClaim is { } claim ? ModuleSource.Volume(claim)
        : _repository ?? ModuleSource.Of(this.PackModule(withTokens));

    private protected IReadOnlyList<KeyValuePair<string, string>> ReadLabels() =>
    [
        .. (PodLabel ?? new Hashtable()).Cast<DictionaryEntry>().Select(label => KeyValuePair.Create(
            Convert.ToString(label.Key, CultureInfo.InvariantCulture) ?? "", Convert.ToString(label.Value, CultureInfo.InvariantCulture) ?? "")),
    ];
}
