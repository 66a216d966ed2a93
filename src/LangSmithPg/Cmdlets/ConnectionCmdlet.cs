using System.ComponentModel;
using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Completion;
using LangSmithPg.Connections;

namespace LangSmithPg.Cmdlets;

/// <summary>A cmdlet that inspects live servers, given as connections or by their parts.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ConnectionCmdlet : ServerCmdlet
{
    private protected const string ConnectionSet = "Connection";
    private protected const string PartsSet = "Parts";

    /// <summary>
    /// The connections: objects of New-LangSmithPgConnectionString, text in any common form, or objects that describe them, such as the rows of a
    /// CSV file or the servers of a cloud's module. The other parameters replace parts of them.
    /// </summary>
    [Parameter(ParameterSetName = ConnectionSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("ConnectionString", "InputObject")]
    [NullConnection]
    public ConnectionInput[] Connection { get; set; } = [];

    /// <summary>DNS names or addresses of the servers.</summary>
    [Parameter(ParameterSetName = PartsSet, Mandatory = true)]
    [Alias("Host", "Server", "ServerName", "ComputerName", "FullyQualifiedDomainName")]
    public string[] HostName { get; set; } = [];

    /// <summary>TCP port of the server.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int? Port { get; set; }

    /// <summary>Name of the database.</summary>
    [Parameter]
    [Alias("DatabaseName", "DbName")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DatabaseCompleter))]
    public string? Database { get; set; }

    /// <summary>User and password to log in with.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>User to log in as, without a password: with IAM the identity's name in the database.</summary>
    [Parameter]
    [Alias("User")]
    [ValidateNotNullOrEmpty]
    public string? UserName { get; set; }

    /// <summary>TLS mode.</summary>
    [Parameter]
    [OptionalText(typeof(SslMode), IsColumn = true)]
    public SslMode? SslMode { get; set; }

    /// <summary>The cloud provider whose workload identity logs in, instead of a password.</summary>
    [Parameter]
    [OptionalText(typeof(IamAuthProvider), IsColumn = true)]
    public IamAuthProvider? IamAuthProvider { get; set; }

    /// <summary>The schema that LangSmith uses; the connection's own by default.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SchemaCompleter))]
    public string? Schema { get; set; }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        var given = Given();
        var connections = ParameterSetName == ConnectionSet
            ? Accept(Connection, given)
            : HostName.Select(host => Accept((given with { HostName = host }).Complete())).OfType<PgConnectionString>();
        ProcessAll(connections);
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => ProcessAll(AcceptRest(Given()));

    void ProcessAll(IEnumerable<PgConnectionString> connections)
    {
        foreach (var connection in connections)
        {
            WarnOfStrangers(connection);
            Process(connection);
        }
    }

    // What a cmdlet is told that the databases are for; null for what each connection says.
    private protected virtual DatabasePurpose? PurposeOfAll => null;

    private protected abstract void Process(PgConnectionString connection);

    PartialConnection Given() => new()
    {
        Port = Port,
        Database = Database,
        UserName = Credential?.UserName ?? UserName,
        Password = ToSecret(Credential?.Password),
        SslMode = SslMode,
        IamAuthProvider = IamAuthProvider,
        Schema = Schema,
        Purpose = PurposeOfAll,
    };
}
