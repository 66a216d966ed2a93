using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Errors;
using LangSmithPg.Helm;
using LangSmithPg.Kubernetes;

namespace LangSmithPg.Commands;

/// <summary>Makes the Helm values that lead LangSmith to a database.</summary>
[Cmdlet(VerbsCommon.New, "LangSmithPgHelmValues", DefaultParameterSetName = SecretSet)]
[OutputType(typeof(HelmValues))]
public sealed class NewLangSmithPgHelmValuesCommand : LangSmithCmdlet
{
    const string SecretSet = "ExistingSecret";
    const string UrlSet = "ConnectionUrl";

    /// <summary>The connection: an object of New-LangSmithPgConnectionString, or a text in any form that people keep.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("ConnectionString", "InputObject")]
    public ConnectionInput Connection { get; set; } = null!;

    /// <summary>Name of the Secret that holds the connection, as New-LangSmithPgSecret makes it.</summary>
    [Parameter(ParameterSetName = SecretSet)]
    public string ExistingSecretName { get; set; } = KubernetesSecret.DefaultConnectionName;

    /// <summary>Key of the connection in that Secret.</summary>
    [Parameter(ParameterSetName = SecretSet)]
    public string ConnectionUrlSecretKey { get; set; } = KubernetesSecret.DefaultConnectionKey;

    /// <summary>Put the connection itself into the values, password and all.</summary>
    [Parameter(ParameterSetName = UrlSet, Mandatory = true)]
    public SwitchParameter IncludeConnectionUrl { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Accept(Connection) is not { } connection)
        {
            return;
        }

        try
        {
            WriteObject(IncludeConnectionUrl
                ? ConnectionValues.WithConnectionUrl(connection)
                : ConnectionValues.ForSecret(connection, ExistingSecretName, ConnectionUrlSecretKey));
        }
        catch (ArgumentException exception)
        {
            WriteError(ErrorRecords.InvalidName(exception, ExistingSecretName));
        }
    }
}
