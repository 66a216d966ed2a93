using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Completion;
using LangSmithPg.Connections;

namespace LangSmithPg.Cmdlets.Connections;

/// <summary>Reads a connection string in any common form, and reports errors with their positions.</summary>
[Cmdlet(VerbsData.ConvertFrom, "LangSmithPgConnectionString")]
[OutputType(typeof(PgConnectionString))]
public sealed class ConvertFromLangSmithPgConnectionStringCommand : LangSmithCmdlet
{
    /// <summary>The texts, plain or as secure strings.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [NullConnection]
    public ConnectionInput[] ConnectionString { get; set; } = [];

    /// <summary>The cloud provider whose workload identity logs in; the text cannot contain it.</summary>
    [Parameter]
    [OptionalText(typeof(IamAuthProvider), IsColumn = true)]
    public IamAuthProvider? IamAuthProvider { get; set; }

    /// <summary>The schema that LangSmith uses; the text cannot contain it.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SchemaCompleter))]
    public string? Schema { get; set; }

    /// <summary>What LangSmith uses the database for; LangSmith itself when it is not given.</summary>
    [Parameter]
    [OptionalText(typeof(DatabasePurpose), IsColumn = true)]
    public DatabasePurpose? Purpose { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (var connection in AcceptRest(new() { IamAuthProvider = IamAuthProvider, Schema = Schema, Purpose = Purpose }))
        {
            WriteObject(connection);
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var connection in Accept(ConnectionString, new() { IamAuthProvider = IamAuthProvider, Schema = Schema, Purpose = Purpose }))
        {
            WriteObject(connection);
        }
    }
}
