using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Connections;
using LangSmithPg.Errors;
using LangSmithPg.Kubernetes;

namespace LangSmithPg.Cmdlets.Kubernetes;

/// <summary>Creates the Kubernetes Secret that holds a connection for LangSmith.</summary>
[Cmdlet(VerbsCommon.New, "LangSmithPgSecret")]
[OutputType(typeof(KubernetesSecret))]
public sealed class NewLangSmithPgSecretCommand : LangSmithCmdlet
{
    internal const string FilesFix = "To provide certificates to its pods, use New-LangSmithCaSecret and New-LangSmithMtlsSecret.";

    /// <summary>The connections: objects of New-LangSmithPgConnectionString, text in any common form, or objects that describe them, such as the rows of a CSV file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("ConnectionString", "InputObject")]
    [NullConnection]
    public ConnectionInput[] Connection { get; set; } = [];

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
        foreach (var connection in Accept(Connection))
        {
            Write(connection);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (var connection in AcceptRest())
        {
            Write(connection);
        }
    }

    void Write(PgConnectionString connection)
    {
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
