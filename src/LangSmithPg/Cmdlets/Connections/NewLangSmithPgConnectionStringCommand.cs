using System.Collections;
using System.Management.Automation;
using System.Security;
using LangSmithPg.Binding;
using LangSmithPg.Completion;
using LangSmithPg.Connections;
using LangSmithPg.Errors;

namespace LangSmithPg.Cmdlets.Connections;

/// <summary>Builds a connection string from its parts.</summary>
[Cmdlet(VerbsCommon.New, "LangSmithPgConnectionString", DefaultParameterSetName = UserNameSet)]
[OutputType(typeof(PgConnectionString), typeof(string))]
public sealed class NewLangSmithPgConnectionStringCommand : LangSmithCmdlet
{
    const string UserNameSet = "UserName";
    const string CredentialSet = "Credential";
    const string RowSet = "Row";

    int _row;
    bool _isTable;

    /// <summary>A row of a table: an object with the other parameters, or some of them, as its properties.</summary>
    // It takes whatever comes: where PowerShell finds no place for a row, it shows all of it in an error of its own, password included.
    [Parameter(ParameterSetName = RowSet, Mandatory = true, ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>DNS name or address of the server.</summary>
    [Parameter(ParameterSetName = UserNameSet, Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = CredentialSet, Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = RowSet, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Host", "Server", "ServerName", "ComputerName", "FullyQualifiedDomainName")]
    [AllowNull]
    [AllowEmptyString]
    public string? HostName { get; set; }

    /// <summary>TCP port of the server; 5432 when it is not given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OptionalText(typeof(int), IsColumn = true)]
    public int? Port { get; set; }

    /// <summary>Name of the database.</summary>
    [Parameter(ParameterSetName = UserNameSet, Mandatory = true, Position = 1)]
    [Parameter(ParameterSetName = CredentialSet, Mandatory = true, Position = 1)]
    [Parameter(ParameterSetName = RowSet, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("DatabaseName", "DbName")]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(DatabaseCompleter))]
    public string? Database { get; set; }

    /// <summary>User and password.</summary>
    [Parameter(ParameterSetName = CredentialSet, Mandatory = true)]
    [Parameter(ParameterSetName = RowSet, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [CredentialColumn]
    public PSCredential? Credential { get; set; }

    /// <summary>User to log in as; with IAM the identity's name in the database.</summary>
    [Parameter(ParameterSetName = UserNameSet, Mandatory = true)]
    [Parameter(ParameterSetName = RowSet, ValueFromPipelineByPropertyName = true)]
    [Alias("User")]
    [AllowNull]
    [AllowEmptyString]
    public string? UserName { get; set; }

    /// <summary>The password. At the prompt, a credential keeps it out of the history.</summary>
    [Parameter(ParameterSetName = UserNameSet)]
    [Parameter(ParameterSetName = RowSet, ValueFromPipelineByPropertyName = true)]
    [SecureText(IsColumn = true)]
    public SecureString? Password { get; set; }

    /// <summary>TLS mode; <c>require</c> when it is not given, <c>verify-full</c> together with -UseSystemRootCertificate.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OptionalText(typeof(SslMode), IsColumn = true)]
    public SslMode? SslMode { get; set; }

    /// <summary>Trust the certificate authorities (CAs) that the system trusts (<c>sslrootcert=system</c>).</summary>
    [Parameter]
    public SwitchParameter UseSystemRootCertificate { get; set; }

    /// <summary>The cloud provider whose workload identity logs in, instead of a password.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OptionalText(typeof(IamAuthProvider), IsColumn = true)]
    public IamAuthProvider? IamAuthProvider { get; set; }

    /// <summary>The schema that LangSmith uses; <c>public</c> when it is not given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(SchemaCompleter))]
    public string? Schema { get; set; }

    /// <summary>What LangSmith uses the database for; LangSmith itself when it is not given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OptionalText(typeof(DatabasePurpose), IsColumn = true)]
    public DatabasePurpose? Purpose { get; set; }

    /// <summary>Further URL parameters.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Table]
    public IDictionary? Parameter { get; set; }

    /// <summary>Return the text itself, including secrets, instead of the object.</summary>
    [Parameter]
    public SwitchParameter AsPlainText { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // The lines below a header that is text belong to it.
        if (_isTable && InputObject?.BaseObject is string)
        {
            return;
        }

        _isTable |= ConnectionColumns.IsHeader(InputObject?.BaseObject as string);
        _row++;
        int? row = ParameterSetName == RowSet ? _row : null;
        if (Problem(row, out var columns) is { } problem)
        {
            WriteError(problem);
        }
        else if (Accept(columns.ToPartial().Complete(), row is null ? null : $"Row {row}") is { } connection)
        {
            WriteObject(AsPlainText ? connection.ToPlainText() : connection);
        }
    }

    ErrorRecord? Problem(int? row, out ConnectionColumns columns)
    {
        columns = Given();
        if (InputObject is not null)
        {
            // A row may have parts under other names than the parameters'.
            var (read, refusal) = ConnectionColumns.IsHeader(InputObject.BaseObject as string) ? (null, ErrorRecords.TextOfTable()) : ConnectionObject.Read(InputObject);
            columns = columns.Or(read);
            if (refusal is not null && (columns.HostName is null || ConnectionObject.IsJson(InputObject)))
            {
                return refusal;
            }
        }

        return ConnectionObject.Problem(columns, row);
    }

    ConnectionColumns Given() => new()
    {
        HostName = HostName,
        Port = Port,
        Database = Database,
        Credential = Credential,
        UserName = UserName,
        Password = Password,
        SslMode = SslMode,
        UseSystemRootCertificate = MyInvocation.BoundParameters.ContainsKey(nameof(UseSystemRootCertificate)) ? UseSystemRootCertificate : null,
        IamAuthProvider = IamAuthProvider,
        Schema = Schema,
        Purpose = Purpose,
        Parameter = Parameter,
    };
}
