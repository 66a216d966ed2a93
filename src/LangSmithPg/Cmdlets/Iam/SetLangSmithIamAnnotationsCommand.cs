using System.Management.Automation;
using LangSmithPg.Charts;
using LangSmithPg.Cmdlets.Charts;
using LangSmithPg.Cmdlets.Helm;
using LangSmithPg.Common;
using LangSmithPg.Completion;
using LangSmithPg.Connections;
using LangSmithPg.Databases;
using LangSmithPg.Errors;
using LangSmithPg.Helm;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Iam;

namespace LangSmithPg.Cmdlets.Iam;

/// <summary>Adds to Helm values what lets every LangSmith pod that reaches PostgreSQL act under a cloud identity.</summary>
[Cmdlet(VerbsCommon.Set, "LangSmithIamAnnotations", SupportsShouldProcess = true)]
[OutputType(typeof(HelmValues), typeof(FileInfo))]
public sealed class SetLangSmithIamAnnotationsCommand : ChartValuesCmdlet
{
    const string AwsSet = "Aws";
    const string GcpSet = "Gcp";
    const string AzureSet = "Azure";

    WorkloadIdentity _identity = null!;
    IReadOnlyList<ChartComponent> _components = [];
    IReadOnlyList<ValuesPath> _providers = [IamValues.Provider];
    LintChart _chart = null!;

    /// <summary>ARN of the role, for AWS.</summary>
    [Parameter(ParameterSetName = AwsSet, Mandatory = true)]
    public string RoleArn { get; set; } = "";

    /// <summary>E-mail address of the service account, for Google Cloud.</summary>
    [Parameter(ParameterSetName = GcpSet, Mandatory = true)]
    public string ServiceAccount { get; set; } = "";

    /// <summary>Client ID of the managed identity, for Azure.</summary>
    [Parameter(ParameterSetName = AzureSet, Mandatory = true)]
    public string ClientId { get; set; } = "";

    /// <summary>The identity's tenant, for Azure; the cluster's own by default.</summary>
    [Parameter(ParameterSetName = AzureSet)]
    public string? TenantId { get; set; }

    /// <summary>Only the pods of these databases; by default, all that connect to LangSmith's own database, which includes the agents.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public DatabasePurpose[] Purpose { get; set; } = [];

    /// <summary>Only these components, by name or pattern; all that reach PostgreSQL by default.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ChartComponentCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Component { get; set; }

    /// <summary>Write the short form, which reaches everything of the chart: commonAnnotations and commonLabels.</summary>
    [Parameter]
    public SwitchParameter Common { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Common && Component is not null)
        {
            ThrowTerminatingError(ErrorRecords.CommonIsForAll(Component));
        }

        try
        {
            _identity = ParameterSetName switch
            {
                AwsSet => WorkloadIdentity.Aws(RoleArn),
                GcpSet => WorkloadIdentity.Gcp(ServiceAccount),
                _ => WorkloadIdentity.Azure(ClientId, TenantId),
            };
        }
        catch (FormatException exception)
        {
            ThrowTerminatingError(ErrorRecords.InvalidIdentity(exception));
        }

        _chart = GetChart(ChartFeature.IamAuthProvider, "IAM for PostgreSQL");
        _components = Choose(Component, _chart, Purpose.Length == 0 ? _chart.Components : OfPurposes());
        foreach (var component in _components.Where(one => !Common && one.ServiceAccount.Annotations is null))
        {
            WriteWarning($"The service account of {component} is not annotated, because only commonAnnotations applies to it. If this component is enabled, use -Common.");
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var values = TakeValues();
        if (ReadFile() is not { } files)
        {
            return;
        }

        var effective = new EffectiveValues(files);
        if (_providers.Select(path => IamValues.ProviderOf(values, path) ?? IamValues.ProviderOf(effective, path)).FirstOrDefault(one => one is not null && !IamValues.Names(one, _identity.Provider)) is { } provider)
        {
            WriteError(ErrorRecords.OtherIamProvider(provider, _identity));
            return;
        }

        values = Common
            ? IamValues.ForAll(values, _identity, _components)
            : IamValues.ForComponents(values, _identity, _components);
        WarnOfAccounts(new([.. files, Yaml.Linting.ValuesFileReader.Read("values", Yaml.YamlText.Write(values.ToDocument()))]));
        Give(values);
    }

    IReadOnlyList<ChartComponent> OfPurposes()
    {
        try
        {
            _providers = [.. Purpose.Select(one => DatabaseComponents.ProviderPath(_chart, one))];
            return [.. Purpose.SelectMany(one => DatabaseComponents.Find(_chart, one)).Distinct()];
        }
        catch (DatabaseNotSupportedException exception)
        {
            ThrowTerminatingError(ErrorRecords.DatabaseNotSupported(exception, nameof(Purpose)));
            throw new PipelineStoppedException();
        }
    }

    // The values apply only to accounts that the chart creates.
    void WarnOfAccounts(EffectiveValues values)
    {
        foreach (var account in UnmanagedServiceAccount.Find(_chart, values, _components))
        {
            WriteWarning(account.Name is null
                ? $"{account.Message} That account does not get the identity. Set {account.Account.Create} to true, or specify an account that has the identity."
                : $"{account.Message} Run: {account.Annotate(_identity.Annotations.Select(one => KeyValuePair.Create(one.Key, (string?)one.Value)))}");
        }
    }

    // What the file that is changed says already; null when it cannot be read.
    List<ValuesFile>? ReadFile()
    {
        var path = Path is null ? null : GetUnresolvedProviderPathFromPSPath(Path);
        return File.Exists(path) ? this.ReadFiles([path]) : [];
    }
}
