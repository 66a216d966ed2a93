using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using LangSmithPg.Clouds;
using LangSmithPg.Connections;
using LangSmithPg.Findings;
using LangSmithPg.Iam;
using LangSmithPg.Postgres.Connections;
using LangSmithPg.Postgres.Pooling;
using LangSmithPg.Servers;
using LangSmithPg.Sql;
using LangSmithPg.Tls;
using Npgsql;

namespace LangSmithPg.Postgres.Servers;

/// <summary>One try to log in to one host, and what is done in the session: prepare, log in, look who answers, use it.</summary>
/// <param name="connection">The connection as it was given.</param>
/// <param name="host">The host of it.</param>
/// <param name="wanted">What <c>target_session_attrs</c> wants of this round.</param>
/// <param name="options">How to connect, with the time that this host may take.</param>
sealed class HostSession(PgConnectionString connection, PgHost host, string wanted, SessionOptions options)
{
    readonly Stopwatch _clock = Stopwatch.StartNew();

    // With the token and the certificates that it logs in with, once they are there.
    PgConnectionString _login = options.AsMounted(connection);
    TlsTrust? _trust;
    TimeSpan _end = options.Timeout;

    /// <summary>What is known of the host before anything is.</summary>
    public ServerObservation Observation { get; } = new() { Connection = connection, Host = host };

    /// <summary>Whether work was begun, which must not be done again elsewhere.</summary>
    public bool HasBegunWork { get; private set; }

    /// <summary>Prepares the login, and uses the session within the time limit.</summary>
    /// <param name="use">What to do: <see cref="ConnectAsync"/> or <see cref="UseAsync"/>.</param>
    /// <param name="cancellationToken">Ends it within moments, whatever the server does.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<(ServerObservation Observation, T? Result)> RunAsync<T>(
        Func<CancellationToken, Task<(ServerObservation, T?)>> use, CancellationToken cancellationToken)
        where T : class
    {
        var obstacle = options.Forbids(_login) ?? await AcquireTokenAsync(cancellationToken) ?? await ReadCertificatesAsync(cancellationToken);
        if (obstacle is not null)
        {
            return (Failed(obstacle), null);
        }

        using var trust = _trust!;
        try
        {
            Log($"Connecting to {host} as {_login.UserName}, sslmode {_login.SslMode?.ToText() ?? "not given"}; the certificate {trust.Demand}.");
            return await Deadline.RunAsync(use, () => _end - _clock.Elapsed, cancellationToken);
        }
        catch (TimeoutException)
        {
            return (Failed(FailureExplainer.TimedOut(host, options.Timeout, await StepAsync(trust))), null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return (Failed(FailureExplainer.Explain(exception, _login, host, trust, options.SendsToken(connection))), null);
        }
    }

    /// <summary>Logs in and out again.</summary>
    public async Task<(ServerObservation Observation, object? Result)> ConnectAsync(CancellationToken limit)
    {
        await using var session = await LogInAsync(limit);
        var connected = Identify(session);
        if (connected.Failure is null)
        {
            Log("No further queries: logging out.");
        }

        return (connected with { Elapsed = _clock.Elapsed }, null);
    }

    /// <summary>Logs in, asks for the facts, does the work, looks closer at a pooler, and logs out.</summary>
    /// <param name="work">The work, or null.</param>
    /// <param name="limit">Ends it.</param>
    public async Task<(ServerObservation Observation, T? Result)> UseAsync<T>(Func<OpenSession, CancellationToken, Task<T?>>? work, CancellationToken limit)
        where T : class
    {
        await using var session = await LogInAsync(limit);
        var connected = Identify(session);
        if (connected.Failure is not null)
        {
            return (connected with { Elapsed = _clock.Elapsed }, null);
        }

        var (facts, unsupported) = await AskForFactsAsync(session, limit);
        if (facts is null)
        {
            return (connected with { Failure = unsupported, Elapsed = _clock.Elapsed }, null);
        }

        var isPooled = PoolerProbe.IsPooled(session, facts, host);
        Log($"The server is PostgreSQL {facts.Server.ShortVersion}, {(facts.Provider == ServerProvider.Unknown ? "of an unknown provider" : $"of {facts.Provider}")}{(isPooled ? "" : ", and the connection is direct")}.");
        T? result = null;
        if (work is not null)
        {
            HasBegunWork = true;
            _end = options.WorkTimeout is { } most ? _clock.Elapsed + most : _end;
            result = await work(new(session, _login, facts, LeftForServer()), limit);
        }

        // Whoever asks for longer work has no questions about the pooler.
        var pooler = isPooled && options.WorkTimeout is null ? await ProbePoolerAsync(session, limit) : null;
        Log($"Done and logged out within {_clock.ElapsedMilliseconds} ms.");
        return (connected with { Facts = facts, Pooler = pooler, Elapsed = _clock.Elapsed }, result);
    }

    async Task<ConnectionFailure?> AcquireTokenAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (options.AccessToken is { } given)
            {
                _login = _login.WithPassword(given);
            }
            else if (options.AcquireToken is { } acquire && _login is { IamAuthProvider: not null, HasPassword: false })
            {
                var token = await Deadline.RunAsync(limit => acquire(host, limit), options.Timeout, cancellationToken);
                _login = _login.WithPassword(token.GetSecret());
            }

            return null;
        }
        catch (TokenException exception)
        {
            return new(ConnectionFailureKind.TokenUnavailable, exception.Message, exception.Fix);
        }
        catch (TimeoutException)
        {
            return new(
                ConnectionFailureKind.TokenUnavailable, $"The cloud did not return a token within {options.Timeout.TotalSeconds:0.#} seconds.",
                "Specify a token with -AccessToken, or increase -TimeoutSeconds.");
        }
    }

    async Task<ConnectionFailure?> ReadCertificatesAsync(CancellationToken cancellationToken)
    {
        try
        {
            var left = options.Timeout - _clock.Elapsed;
            _trust = await DedicatedThread.RunAsync(() => TlsTrust.For(_login, options)).WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellationToken);
            return null;
        }
        catch (TimeoutException)
        {
            return new(
                ConnectionFailureKind.RootCertificateUnreadable, $"The certificate files of the connection could not be read within {options.Timeout.TotalSeconds:0.#} s.",
                "Check the files that sslrootcert, sslcert and sslkey name, and the share that they are on.");
        }
        catch (CertificateException exception)
        {
            return new(
                ConnectionFailureKind.ClientCertificateUnreadable, "The client certificate that sslcert and sslkey name cannot be used.",
                exception.Problem.Fix, Detail: exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return new(
                ConnectionFailureKind.RootCertificateUnreadable, "The file that sslrootcert names cannot be read.",
                "Specify an existing, readable PEM file with the CA certificate, or sslrootcert=system for public CAs.",
                Detail: exception.Message);
        }
    }

    async Task<NpgsqlConnection> LogInAsync(CancellationToken limit)
    {
        if (options.TellAddresses && !IPAddress.TryParse(host.Name, out _))
        {
            Log($"{host.Name} is {string.Join(", ", (await HostAddresses.FindAsync(host)).Select(address => address.ToString()))}.");
        }

        return await OpenAsync(limit);
    }

    // Who answered, and whether it is somebody to go on with.
    ServerObservation Identify(NpgsqlConnection session)
    {
        _trust!.IsIn = true;
        Log(_trust.Negotiated is { } tls ? $"TLS: {tls.Protocol} {tls.Cipher}, certificate {tls.Subject}{(tls.NotAfter is { } end ? $" until {end:yyyy-MM-dd}" : "")}." : "No TLS: the connection can be intercepted.");
        Log($"Logged in as {_login.UserName} within {_clock.ElapsedMilliseconds} ms; server version {session.ServerVersion}.");
        return Observation with
        {
            ServerVersion = _login.Redact(ShortVersion(session.ServerVersion)),
            Tls = _trust.Negotiated,
            ConnectTime = _clock.Elapsed,
            // Asked for facts, the console of pgbouncer may drop the connection before its answer is read.
            Failure = session.ServerVersion.EndsWith("/bouncer", StringComparison.Ordinal) ? ConnectionFailures.PoolerConsole : SessionTarget.Evaluate(wanted, session, host),
        };
    }

    async Task<(ServerFacts? Facts, ConnectionFailure? Unsupported)> AskForFactsAsync(NpgsqlConnection session, CancellationToken limit)
    {
        Log($"Querying facts of database {connection.Database} and schema {connection.Schema}, in one read-only round trip.");
        var (facts, version) = await FactsQuery.AskAsync(session, connection.Schema, LeftForServer(), limit);
        Log($"Facts gathered within {_clock.ElapsedMilliseconds} ms.");
        return facts is null
            ? (null, Unsupported(_login.Redact(version)))
            : (facts with
            {
                Extensions = facts.Extensions.Where(extension => DatabaseRequirements.Of(connection.Purpose).Extensions.Contains(extension.Name)).ToArray(),
                ControlFileError = Redact(facts.ControlFileError),
                HealthError = Redact(facts.HealthError),
            }, null);
    }

    async Task<PoolerFacts> ProbePoolerAsync(NpgsqlConnection session, CancellationToken limit)
    {
        Log("A connection pooler was detected: checking it.");
        await session.CloseAsync();
        return await PoolerProbe.RunAsync(_login, host, options, OpenAsync, OpenWithSchemaAsync, limit);
    }

    Task<NpgsqlConnection> OpenAsync(CancellationToken limit) => Login.OpenAsync(_login, host, _trust!, options.Timeout, searchPath: null, limit);

    Task<NpgsqlConnection> OpenWithSchemaAsync(CancellationToken limit) =>
        Login.OpenAsync(_login, host, _trust!, options.Timeout, SqlIdentifier.Quote(_login.Schema), limit);

    // Without what its answer needs to travel back once the server has given up, and who asks to see it.
    TimeSpan LeftForServer() => _end - _clock.Elapsed - TimeSpan.FromSeconds(Math.Clamp(options.Timeout.TotalSeconds / 5, 0.2, 1));

    ServerObservation Failed(ConnectionFailure failure)
    {
        Log(string.Join(' ', new[] { failure.Message, failure.SqlState, failure.Detail }.OfType<string>()));
        Log($"Stopped after {_clock.ElapsedMilliseconds} ms.");
        return Observation with { Failure = failure, ConnectTime = _clock.Elapsed, Elapsed = _clock.Elapsed };
    }

    string? Redact(string? text) => text is null ? null : _login.Redact(text);

    // A server may say anything, even what it was told in confidence.
    void Log(string message) => options.Log(_login.Redact(message));

    async Task<LoginStep> StepAsync(TlsTrust trust) =>
        trust.Step is not LoginStep.None and var known ? known : await TcpConnections.LeadToAsync(host) ? LoginStep.Connected : LoginStep.None;

    // Distributions add to it: "15.18 (Debian 15.18-0+deb12u1)".
    static string ShortVersion(string version) => version.Split(' ')[0];

    static ConnectionFailure Unsupported(string version) => new(
        ConnectionFailureKind.UnsupportedServer, "The server uses the PostgreSQL protocol but is not PostgreSQL.",
        "Use PostgreSQL itself, 14 or later.", Detail: version);
}
