using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Charts;
using LangSmithPg.Cmdlets.Charts;
using LangSmithPg.Cmdlets.Kubernetes;
using LangSmithPg.Connections;
using LangSmithPg.Errors;
using LangSmithPg.Helm;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Kubernetes;

namespace LangSmithPg.Cmdlets.Helm;

/// <summary>Creates the Helm values that connect LangSmith to a database.</summary>
[Cmdlet(VerbsCommon.New, "LangSmithHelmValues", DefaultParameterSetName = SecretSet)]
[OutputType(typeof(HelmValues))]
public sealed class NewLangSmithHelmValuesCommand : ChartCmdlet
{
    const string SecretSet = "ExistingSecret";
    const string UrlSet = "ConnectionUrl";

    /// <summary>The connections: objects of New-LangSmithPgConnectionString, text in any common form, or objects that describe them, such as the rows of a CSV file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("ConnectionString", "InputObject")]
    [NullConnection]
    public ConnectionInput[] Connection { get; set; } = [];

    /// <summary>Name of the Secret that holds the connection, as New-LangSmithPgSecret makes it.</summary>
    [Parameter(ParameterSetName = SecretSet)]
    public string ExistingSecretName { get; set; } = KubernetesSecret.DefaultConnectionName;

    /// <summary>Key of the connection in that Secret.</summary>
    [Parameter(ParameterSetName = SecretSet)]
    public string ConnectionUrlSecretKey { get; set; } = KubernetesSecret.DefaultConnectionKey;

    /// <summary>Put the connection itself into the values, password and all.</summary>
    [Parameter(ParameterSetName = UrlSet, Mandatory = true)]
    public SwitchParameter IncludeConnectionUrl { get; set; }

    /// <summary>The Secret with the CA certificates that LangSmith is to trust, from New-LangSmithCaSecret. Not needed for public CAs.</summary>
    [Parameter]
    [Rehydrated]
    public CaSecret? CaSecret { get; set; }

    /// <summary>The Secret with the client certificate that LangSmith is to present, from New-LangSmithMtlsSecret.</summary>
    [Parameter]
    [Alias("MtlsSecret")]
    [Rehydrated]
    public MtlsSecret? ClientCertificateSecret { get; set; }

    LintChart? _chart;

    bool MountsCertificates => CaSecret is not null || ClientCertificateSecret is not null;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _chart = GetChart();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var connection in Accept(Connection).Where(IsInChart))
        {
            Write(connection);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (var connection in AcceptRest().Where(IsInChart))
        {
            Write(connection);
        }
    }

    void Write(PgConnectionString connection)
    {
        // What goes into the values can be set here; what lies in a Secret cannot.
        if (MountsCertificates && IncludeConnectionUrl)
        {
            connection = connection.WithMountedCertificates();
        }
        else if (MountsCertificates && connection is not { SslMode: SslMode.VerifyFull, UsesSystemRootCertificate: true })
        {
            WriteError(ErrorRecords.VerificationMissing(connection.Target));
            return;
        }

        if (IncludeConnectionUrl)
        {
            WarnOfFiles(connection, NewLangSmithPgSecretCommand.FilesFix);
        }

        try
        {
            var values = IncludeConnectionUrl
                ? ConnectionValues.WithConnectionUrl(connection)
                : ConnectionValues.ForSecret(connection, ExistingSecretName, ConnectionUrlSecretKey);
            WriteObject(ConnectionValues.WithCertificates(values, CaSecret, ClientCertificateSecret));
        }
        catch (InvalidNameException exception)
        {
            WriteError(ErrorRecords.InvalidName(exception));
        }
    }

    bool IsInChart(PgConnectionString connection)
    {
        var chart = _chart!;
        var missing = ClientCertificateSecret is not null && ((chart.Version is { } version && version < ClientCertificateSince) || !chart.Features.Contains(ChartFeature.ClientCertificate))
            ? new ChartTooOldException(chart.Version, ChartFeature.ClientCertificate, "client certificates for PostgreSQL", ClientCertificateSince)
            : connection.IamAuthProvider is not null && !chart.Features.Contains(ChartFeature.IamAuthProvider)
                ? new(chart.Version, ChartFeature.IamAuthProvider, "IAM for PostgreSQL")
                : null;
        if (missing is not null)
        {
            WriteError(ErrorRecords.ChartTooOld(missing));
        }

        return missing is null;
    }
}
