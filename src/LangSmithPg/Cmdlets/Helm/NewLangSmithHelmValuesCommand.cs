using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Charts;
using LangSmithPg.Cmdlets.Charts;
using LangSmithPg.Cmdlets.Kubernetes;
using LangSmithPg.Connections;
using LangSmithPg.Databases;
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

    /// <summary>What the database is for; what the connection says by default, or LangSmith itself.</summary>
    [Parameter]
    [OptionalText(typeof(DatabasePurpose), IsColumn = true)]
    public DatabasePurpose? Purpose { get; set; }

    /// <summary>Name of the Secret that holds the connection; by default, the one that New-LangSmithPgSecret gives it.</summary>
    [Parameter(ParameterSetName = SecretSet)]
    public string? ExistingSecretName { get; set; }

    /// <summary>Key of LangSmith's own connection in that Secret; <c>connection_url</c> by default.</summary>
    [Parameter(ParameterSetName = SecretSet)]
    public string? ConnectionUrlSecretKey { get; set; }

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
        if (PurposeOf(connection) is var purpose and not DatabasePurpose.LangSmith)
        {
            WriteOther(connection, purpose);
            return;
        }

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
                : ConnectionValues.ForSecret(connection, ExistingSecretName ?? KubernetesSecret.DefaultConnectionName, ConnectionUrlSecretKey ?? KubernetesSecret.DefaultConnectionKey);
            WriteObject(ConnectionValues.WithCertificates(values, CaSecret, ClientCertificateSecret));
        }
        catch (InvalidNameException exception)
        {
            WriteError(ErrorRecords.InvalidName(exception));
        }
    }

    DatabasePurpose PurposeOf(PgConnectionString connection) => Purpose ?? connection.Purpose;

    void WriteOther(PgConnectionString connection, DatabasePurpose purpose)
    {
        try
        {
            if (MountsCertificates || ConnectionUrlSecretKey is not null)
            {
                throw new DatabaseNotSupportedException(
                    purpose, $"The chart has {(MountsCertificates ? "certificates" : "a key of the Secret")} to set only for LangSmith's own database, not for {purpose}.",
                    "Omit -CaSecret, -ClientCertificateSecret and -ConnectionUrlSecretKey, and specify them for the database of LangSmith.");
            }

            if (IncludeConnectionUrl)
            {
                WarnOfFiles(connection, NewLangSmithPgSecretCommand.FilesFix);
            }

            if (purpose is DatabasePurpose.SmithDbMetastore or DatabasePurpose.SmithDbTaskDb && connection.SslMode is null or < SslMode.Require)
            {
                WriteWarning($"{connection.Target}: {purpose} will connect without TLS, because the connection does not require it. Use sslmode=require or verify-full.");
            }

            WriteObject(DatabaseOverlay.Create(connection, purpose, _chart!, IncludeConnectionUrl ? null : ExistingSecretName ?? DatabaseSecrets.DefaultName(purpose)));
        }
        catch (InvalidNameException exception)
        {
            WriteError(ErrorRecords.InvalidName(exception));
        }
        catch (DatabaseNotSupportedException exception)
        {
            WriteError(ErrorRecords.DatabaseNotSupported(exception, connection.Target));
        }
    }

    bool IsInChart(PgConnectionString connection)
    {
        if (PurposeOf(connection) != DatabasePurpose.LangSmith)
        {
            return true;
        }

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
