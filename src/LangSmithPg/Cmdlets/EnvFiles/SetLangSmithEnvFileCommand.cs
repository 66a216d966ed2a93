using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Connections;
using LangSmithPg.EnvFiles;
using LangSmithPg.Errors;
using LangSmithPg.Files;

namespace LangSmithPg.Cmdlets.EnvFiles;

/// <summary>Sets the connection in the <c>.env</c> file of a Docker Compose installation, and keeps everything else in it.</summary>
[Cmdlet(VerbsCommon.Set, "LangSmithEnvFile", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class SetLangSmithEnvFileCommand : LangSmithCmdlet
{
    /// <summary>The connections: objects of New-LangSmithPgConnectionString, text in any common form, or objects that describe them, such as the rows of a CSV file.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [Alias("ConnectionString", "InputObject")]
    [NullConnection]
    public ConnectionInput[] Connection { get; set; } = [];

    /// <summary>The file; one that is not there is made, for its owner alone.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("FilePath", "LiteralPath")]
    public string Path { get; set; } = "";

    /// <summary>Keep a copy of the old file beside it, as .env.bak.</summary>
    [Parameter]
    public SwitchParameter Backup { get; set; }

    /// <summary>Return the file as a FileInfo object.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

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
        WarnOfFiles(connection, "Mount each file into its containers at the same path.");
        WarnOfRest(connection);
        var path = GetUnresolvedProviderPathFromPSPath(Path);
        try
        {
            Set(connection, path);
        }
        catch (EnvFileException exception)
        {
            WriteError(ErrorRecords.NoEnvFile(exception, path));
        }
        catch (FileEditException exception)
        {
            WriteError(exception.ToErrorRecord(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            WriteError(ErrorRecords.NotEdited(exception, path));
        }
    }

    // LangSmith is told of it apart from the connection string, and where a compose file takes that from is not known.
    void WarnOfRest(PgConnectionString connection)
    {
        var rest = new List<string>();
        if (connection.Schema != PgConnectionString.DefaultSchema)
        {
            rest.Add($"schema {connection.Schema} (POSTGRES_SCHEMA)");
        }

        if (connection.IamAuthProvider is { } provider)
        {
            rest.Add($"IAM provider {provider} (POSTGRES_IAM_AUTH_PROVIDER)");
        }

        if (rest.Count > 0)
        {
            WriteWarning($"{connection.Target}: {string.Join(" and ", rest)} {(rest.Count == 1 ? "is" : "are")} not part of a connection string and not written. Make sure that LangSmith's containers get the variable{(rest.Count == 1 ? "" : "s")}.");
        }
    }

    void Set(PgConnectionString connection, string path)
    {
        var file = Wait(() => EditedFile.Open(path));
        var edit = EnvFile.Set(file.Text, EnvFile.ConnectionVariable, connection.ToPlainText());
        if (edit.IsChange)
        {
            if (!this.IsConfirmed(() => ShouldProcess(path, $"Set {EnvFile.ConnectionVariable} to {connection} ({edit})"), path))
            {
                return;
            }

            WriteVerbose($"{path}: {edit}.");
            Save(cancellationToken => file.Write(edit.Text, ownerOnly: true, Backup, cancellationToken));
            if (connection.HasPassword && file.IsReadByOthers)
            {
                WriteWarning($"{path} contains a password and can be read by other users on this machine. Restrict its permissions.");
            }
        }

        if (PassThru)
        {
            this.WriteItem(path);
        }
    }
}
