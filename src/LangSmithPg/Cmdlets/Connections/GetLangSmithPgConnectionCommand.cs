using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Connections;

namespace LangSmithPg.Cmdlets.Connections;

/// <summary>Reads the connections that files or the output of other commands contain, and says where each is.</summary>
[Cmdlet(VerbsCommon.Get, "LangSmithPgConnection", DefaultParameterSetName = PathSet)]
[OutputType(typeof(PgConnectionString))]
public sealed class GetLangSmithPgConnectionCommand : LangSmithCmdlet
{
    const string PathSet = "Path";
    const string InputSet = "InputObject";

    /// <summary>
    /// The files: Helm values, manifests of Secrets, <c>.env</c>, <c>appsettings.json</c>, JSON or YAML of kubectl, helm, terraform or a vault,
    /// <c>pg_service.conf</c>, <c>.pgpass</c>. Wildcards are permitted.
    /// </summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0)]
    [Alias("FilePath", "LiteralPath")]
    public string[] Path { get; set; } = [];

    /// <summary>The text of such a file, as lines or whole, or the object that ConvertFrom-Json made of it.</summary>
    [Parameter(ParameterSetName = InputSet, Mandatory = true, ValueFromPipeline = true)]
    [NullConnection]
    public ConnectionInput[] InputObject { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() => Write(ParameterSetName == PathSet
        ? Path.SelectMany(path => this.Resolve(path)).SelectMany(path => AcceptFile(path, new()))
        : AcceptFound(InputObject, new()));

    /// <inheritdoc/>
    protected override void EndProcessing() => Write(AcceptFoundRest(new()));

    void Write(IEnumerable<(PgConnectionString Connection, string? Source)> found)
    {
        foreach (var (connection, source) in found)
        {
            var shown = new PSObject(connection);
            shown.Properties.Add(new PSNoteProperty("Source", source));
            shown.TypeNames.Insert(0, $"{typeof(PgConnectionString).FullName}#Found");
            WriteObject(shown);
        }
    }
}
