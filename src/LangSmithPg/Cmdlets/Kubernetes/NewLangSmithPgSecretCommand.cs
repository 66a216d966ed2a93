using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Errors;
using LangSmithPg.Kubernetes;

namespace LangSmithPg.Cmdlets.Kubernetes;

/// <summary>Creates the Kubernetes Secret that holds a connection for LangSmith.</summary>
[Cmdlet(VerbsCommon.New, "LangSmithPgSecret")]
[OutputType(typeof(KubernetesSecret))]
public sealed class NewLangSmithPgSecretCommand : LangSmithCmdlet
{
    internal const string FilesFix = "To provide certificates to its pods, use New-LangSmithCaSecret and New-LangSmithMtlsSecret.";

    /// <summary>The connection: an object of New-LangSmithPgConnectionString, or text in any common form.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("ConnectionString", "InputObject")]
    public ConnectionInput Connection { get; set; } = null!;

    /// <summary>Name of the Secret.</summary>
    [Parameter]
    public string Name { get; set; } = KubernetesSecret.DefaultConnectionName;

    /// <summary>Namespace of the Secret; by default, the current namespace of kubectl.</summary>
    [Parameter]
    public string? Namespace { get; set; }

    /// <summary>Key of the connection in the Secret.</summary>
    [Parameter]
    public string Key { get; set; } = KubernetesSecret.DefaultConnectionKey;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Accept(Connection) is not { } connection)
        {
            return;
        }

        if (!connection.HasPassword && connection.IamAuthProvider is null)
        {
            WriteWarning($"{connection.Target}: the connection has neither a password nor an IAM provider. LangSmith can log in only if the server requires neither.");
        }

        WarnOfFiles(connection, FilesFix);
        try
        {
            WriteObject(KubernetesSecret.ForConnection(connection, Name, Namespace, Key));
        }
        catch (InvalidNameException exception)
        {
            WriteError(ErrorRecords.InvalidName(exception));
        }
    }
}
