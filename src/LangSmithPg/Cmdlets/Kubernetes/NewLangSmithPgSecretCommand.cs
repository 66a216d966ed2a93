using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Connections;
using LangSmithPg.Databases;
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

    /// <summary>What the database is for; what the connection says by default, or LangSmith itself.</summary>
    [Parameter]
    [OptionalText(typeof(DatabasePurpose), IsColumn = true)]
    public DatabasePurpose? Purpose { get; set; }

    /// <summary>Name of the Secret; by default, that of its purpose, such as <c>postgres-secret</c>.</summary>
    [Parameter]
    public string? Name { get; set; }

    /// <summary>Namespace of the Secret; by default, the current namespace of kubectl.</summary>
    [Parameter]
    public string? Namespace { get; set; }

    /// <summary>Key of LangSmith's own connection in the Secret; <c>connection_url</c> by default.</summary>
    [Parameter]
    public string? Key { get; set; }

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
        var purpose = Purpose ?? connection.Purpose;
        try
        {
            WriteObject(DatabaseSecrets.Create(connection, purpose, Name ?? DatabaseSecrets.DefaultName(purpose), Namespace, Key));
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
}
