using System.ComponentModel;
using System.Management.Automation;
using System.Security;
using LangSmithPg.Binding;
using LangSmithPg.Connections;
using LangSmithPg.Errors;
using LangSmithPg.Findings;
using LangSmithPg.Iam;
using LangSmithPg.Readiness;
using LangSmithPg.Rehearsals;
using LangSmithPg.Servers;
using LangSmithPg.Tls;

namespace LangSmithPg.Cmdlets;

/// <summary>A cmdlet that logs in to servers: how, with which certificates, and for how long.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ServerCmdlet : LangSmithCmdlet
{
    readonly AccessTokenCache _tokens = new(static (request, cancellationToken) => Cloud.AccessTokens.AcquireAsync(request, cancellationToken), TimeProvider.System);

    bool _isVerbose;
    bool _hasWarned;
    CaBundle? _authorities;
    ClientCertificate? _client;

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

    // Once: a fleet is often all of one kind.
    private protected void WarnOfStrangers(PgConnectionString connection)
    {
        if (!_hasWarned && _authorities is null && ((AccessToken is not null && TakesToken(connection)) || connection is { IamAuthProvider: not null, HasPassword: false })
            && connection is { RootCertificateFile: null } && connection.EffectiveSslMode() == LangSmithPg.Connections.SslMode.Require)
        {
            _hasWarned = true;
            WriteWarning($"{connection.Target}: sslmode=require does not verify which server receives the access token. Use sslmode=verify-full, and -CaCertificate if the certificate authority (CA) is not public.");
        }
    }

    private protected CaBundle? Authorities => _authorities;

    private protected ClientCertificate? Client => _client;

    private protected ServerObservation Look(PgConnectionString connection, bool askFacts) => Await((say, cancellationToken) => askFacts
        ? Postgres.Servers.ServerSession.GatherFactsAsync(connection, OptionsFor(connection, say), cancellationToken)
        : Postgres.Servers.ServerSession.ConnectAsync(connection, OptionsFor(connection, say), cancellationToken));

    private protected async Task<ReadinessReport> EvaluateAsync(
        PgConnectionString connection, DeclaredServerSize? size, bool rehearse, bool force, Action<string> say, CancellationToken stopping)
    {
        // Nothing of Postgres in a local: it would be a field, and its assembly loaded with this class.
        var (observation, rehearsal) = rehearse && connection.Purpose == DatabasePurpose.LangSmith
            ? await Postgres.Servers.ServerSession.RehearseAsync(connection, OptionsFor(connection, say), force, stopping)
            : (await Postgres.Servers.ServerSession.GatherFactsAsync(connection, OptionsFor(connection, say), stopping), rehearse ? Rehearsal.NotRun : null);
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
        AccessToken = TakesToken(connection) ? ToSecret(AccessToken) : null,
        AcquireToken = async (host, cancellationToken) =>
        {
            say($"{connection.Target}: Requesting an access token from {connection.IamAuthProvider}.");
            var token = await _tokens.GetAsync(TokenRequest.For(connection.IamAuthProvider!.Value, host, connection.UserName), cancellationToken);
            say($"{connection.Target}: {token}.");
            return token;
        },
        Authorities = TakesAuthorities(connection) ? _authorities : null,
        ClientCertificate = TakesClientCertificate(connection) ? _client : null,
        TellAddresses = _isVerbose,
        Log = message => say($"{connection.Target}: {message}"),
    };

    // Whether what is given for all connections is for this one.
    private protected virtual bool TakesToken(PgConnectionString connection) => true;

    private protected virtual bool TakesClientCertificate(PgConnectionString connection) => true;

    private protected virtual bool TakesAuthorities(PgConnectionString connection) => true;
}
