using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Security;
using LangSmithPg.Binding;
using LangSmithPg.Completion;
using LangSmithPg.Connections;

namespace LangSmithPg.Commands;

/// <summary>Builds a connection string from its parts.</summary>
[Cmdlet(VerbsCommon.New, "LangSmithPgConnectionString", DefaultParameterSetName = UserNameSet)]
[OutputType(typeof(PgConnectionString), typeof(string))]
public sealed class NewLangSmithPgConnectionStringCommand : LangSmithCmdlet
{
    const string UserNameSet = "UserName";
    const string CredentialSet = "Credential";

    /// <summary>DNS name or address of the server.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Host", "Server", "ServerName", "ComputerName", "FullyQualifiedDomainName")]
    public string HostName { get; set; } = "";

    /// <summary>TCP port of the server; 5432 when it is not given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OptionalText(typeof(int))]
    public int? Port { get; set; }

    /// <summary>Name of the database.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("DatabaseName", "DbName")]
    [ArgumentCompleter(typeof(DatabaseCompleter))]
    public string Database { get; set; } = "";

    /// <summary>User and password.</summary>
    [Parameter(ParameterSetName = CredentialSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Credential]
    public PSCredential Credential { get; set; } = PSCredential.Empty;

    /// <summary>User to log in as; with IAM the identity's name in the database.</summary>
    [Parameter(ParameterSetName = UserNameSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("User")]
    public string UserName { get; set; } = "";

    /// <summary>The password. At the prompt, a credential keeps it out of the history.</summary>
    [Parameter(ParameterSetName = UserNameSet, ValueFromPipelineByPropertyName = true)]
    [SecureText]
    public SecureString? Password { get; set; }

    /// <summary>TLS mode; <c>require</c> when it is not given, <c>verify-full</c> together with -UseSystemRootCertificate.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OptionalText(typeof(SslMode))]
    public SslMode? SslMode { get; set; }

    /// <summary>Trust the authorities that the system trusts (<c>sslrootcert=system</c>).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OptionalText(typeof(bool))]
    public SwitchParameter UseSystemRootCertificate { get; set; }

    /// <summary>The cloud whose workload identity logs in, in place of a password.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OptionalText(typeof(IamAuthProvider))]
    public IamAuthProvider? IamAuthProvider { get; set; }

    /// <summary>The schema that LangSmith uses; <c>public</c> when it is not given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(SchemaCompleter))]
    public string? Schema { get; set; }

    /// <summary>Further URL parameters.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Table]
    public IDictionary? Parameter { get; set; }

    /// <summary>Give the text itself, secrets and all, in place of the object.</summary>
    [Parameter]
    public SwitchParameter AsPlainText { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var byCredential = ParameterSetName == CredentialSet;
        var connection = Accept(PgConnectionString.FromParts(new()
        {
            HostName = HostName,
            Port = Port ?? PgHost.DefaultPort,
            Database = Database,
            UserName = byCredential ? Credential.UserName : UserName,
            Password = ToSecret(byCredential ? Credential.Password : Password),
            SslMode = SslMode ?? (UseSystemRootCertificate ? Connections.SslMode.VerifyFull : Connections.SslMode.Require),
            UseSystemRootCertificate = UseSystemRootCertificate,
            IamAuthProvider = IamAuthProvider,
            Schema = string.IsNullOrEmpty(Schema) ? PgConnectionString.DefaultSchema : Schema,
            Parameters = [.. ReadParameters()],
        }));
        if (connection is not null)
        {
            WriteObject(AsPlainText ? connection.ToPlainText() : connection);
        }
    }

    IEnumerable<PgParameter> ReadParameters()
    {
        foreach (DictionaryEntry entry in Parameter ?? new Hashtable())
        {
            yield return new(
                Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "", Convert.ToString(entry.Value, CultureInfo.InvariantCulture) ?? "");
        }
    }
}
