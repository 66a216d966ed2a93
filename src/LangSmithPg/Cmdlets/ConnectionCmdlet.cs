using System.ComponentModel;
using System.Management.Automation;
using System.Security;
using LangSmithPg.Binding;
using LangSmithPg.Completion;
using LangSmithPg.Connections;
using LangSmithPg.Errors;
using LangSmithPg.Findings;
using LangSmithPg.Iam;
using LangSmithPg.Readiness;
using LangSmithPg.Servers;
using LangSmithPg.Tls;

namespace LangSmithPg.Cmdlets;

/// <summary>A cmdlet that inspects live servers.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ConnectionCmdlet : LangSmithCmdlet
{
    private protected const string ConnectionSet = "Connection";
    private protected const string PartsSet = "Parts";

    readonly AccessTokenCache _tokens = new(static (request, cancellationToken) => Cloud.AccessTokens.AcquireAsync(request, cancellationToken), TimeProvider.System);

    bool _isVerbose;
    bool _hasWarned;
    CaBundle? _authorities;
    ClientCertificate? _client;

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

    /// <summary>What the databases are for; the connection's own purpose by default, which is LangSmith itself unless specified.</summary>
    [Parameter]
    [OptionalText(typeof(DatabasePurpose), IsColumn = true)]
    public DatabasePurpose? Purpose { get; set; }

    /// <summary>
    /// A cloud token to log in with instead of a password, from Get-LangSmithPgAccessToken or Get-AzAccessToken. Without it, a connection
    /// with IAM gets one automatically.
    /// </summary>
    [Parameter]
    [AccessToken]
    public SecureString? AccessToken { get; set; }

    /// <summary>
    /// The CA certificates that LangSmith's pods will trust: files, folders, certificates, or a Secret of New-LangSmithCaSecret. The server
    /// is then verified in full and by them alone, as by the pods.
    /// </summary>
    [Parameter]
    // A variable that is empty by mistake must not switch verification off.
    [ValidateNotNullOrEmpty]
    [Rehydrated]
    public CaBundleInput[] CaCertificate { get; set; } = [];

    /// <summary>The client certificate to present: a PEM or PFX file, a certificate with its key, or a Secret of New-LangSmithMtlsSecret.</summary>
    [Parameter]
    [Rehydrated]
    public ClientCertificateInput? ClientCertificate { get; set; }

    /// <summary>File with the client certificate's private key, where its own file does not hold it.</summary>
    [Parameter]
    public string? ClientKeyPath { get; set; }

    /// <summary>Password of the client certificate's PFX file or private key.</summary>
    [Parameter]
    [SecureText]
    public SecureString? ClientCertificatePassword { get; set; }

    /// <summary>The maximum time to wait for each server, in seconds.</summary>
    [Parameter]
    [ValidateRange(0.1, 86_400)]
    public double TimeoutSeconds { get; set; } = 15;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _isVerbose = IsVerbose;
        if (ToSecret(AccessToken) is { } token && TokenExpiry.Of(token.Reveal()) is { } end && end < DateTimeOffset.UtcNow)
        {
            ThrowTerminatingError(new TokenException(TokenProblemKind.TokenExpired, $"The token passed to -AccessToken expired at {end:u}.", "Get a new token.").ToErrorRecord(nameof(AccessToken)));
        }

        if (ClientCertificate is null && (ClientKeyPath is not null || ClientCertificatePassword is not null))
        {
            ThrowTerminatingError(ErrorRecords.NoClientCertificate());
        }

        try
        {
            _authorities = Wait(CaBundleInput.Reader(CaCertificate, GetUnresolvedProviderPathFromPSPath));
            _client = ClientCertificate is null ? null : Wait(ClientCertificate.Reader(ClientKeyPath, ToSecret(ClientCertificatePassword), GetUnresolvedProviderPathFromPSPath));
        }
        catch (CertificateException exception)
        {
            ThrowTerminatingError(exception.Problem.ToErrorRecord());
        }
    }

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

    // Once: a fleet is often all of one kind.
    void WarnOfStrangers(PgConnectionString connection)
    {
        if (!_hasWarned && _authorities is null && (AccessToken is not null || connection is { IamAuthProvider: not null, HasPassword: false })
            && connection is { RootCertificateFile: null } && connection.EffectiveSslMode() == LangSmithPg.Connections.SslMode.Require)
        {
            _hasWarned = true;
            WriteWarning($"{connection.Target}: sslmode=require does not verify which server receives the access token. Use sslmode=verify-full, and -CaCertificate if the certificate authority (CA) is not public.");
        }
    }

    private protected abstract void Process(PgConnectionString connection);

    private protected CaBundle? Authorities => _authorities;

    private protected ClientCertificate? Client => _client;

    private protected ServerObservation Look(PgConnectionString connection, bool askFacts) => Await((say, cancellationToken) => askFacts
        ? Postgres.Servers.ServerSession.GatherFactsAsync(connection, OptionsFor(connection, say), cancellationToken)
        : Postgres.Servers.ServerSession.ConnectAsync(connection, OptionsFor(connection, say), cancellationToken));

    private protected async Task<ReadinessReport> EvaluateAsync(
        PgConnectionString connection, DeclaredServerSize? size, bool rehearse, bool force, Action<string> say, CancellationToken stopping)
    {
        // Nothing of Postgres in a local: it would be a field, and its assembly loaded with this class.
        var (observation, rehearsal) = rehearse
            ? await Postgres.Servers.ServerSession.RehearseAsync(connection, OptionsFor(connection, say), force, stopping)
            : (await Postgres.Servers.ServerSession.GatherFactsAsync(connection, OptionsFor(connection, say), stopping), null);
        return ReadinessEvaluator.Evaluate(observation, Today, size, rehearsal);
    }

    // What cannot be looked at is an error record, and null here.
    private protected ServerFacts? FactsOf(PgConnectionString connection)
    {
        var observation = Look(connection, askFacts: true);
        if (observation.Failure is not { } failure)
        {
            return observation.Facts;
        }

        WriteError(failure.ToErrorRecord(connection.Target));
        return null;
    }

    private protected static ReadinessInput InputOf(PgConnectionString connection, ServerFacts facts) =>
        new(connection, facts, Today);

    private protected Postgres.Servers.SessionOptions OptionsFor(PgConnectionString connection, Action<string> say) => new()
    {
        Timeout = TimeSpan.FromSeconds(TimeoutSeconds),
        AccessToken = ToSecret(AccessToken),
        AcquireToken = async (host, cancellationToken) =>
        {
            say($"{connection.Target}: Requesting an access token from {connection.IamAuthProvider}.");
            var token = await _tokens.GetAsync(TokenRequest.For(connection.IamAuthProvider!.Value, host, connection.UserName), cancellationToken);
            say($"{connection.Target}: {token}.");
            return token;
        },
        Authorities = _authorities,
        ClientCertificate = _client,
        TellAddresses = _isVerbose,
        Log = message => say($"{connection.Target}: {message}"),
    };

    PartialConnection Given() => new()
    {
        Port = Port,
        Database = Database,
        UserName = Credential?.UserName ?? UserName,
        Password = ToSecret(Credential?.Password),
        SslMode = SslMode,
        IamAuthProvider = IamAuthProvider,
        Schema = Schema,
        Purpose = Purpose,
    };
}
