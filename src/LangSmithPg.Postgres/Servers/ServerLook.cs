using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using LangSmithPg.Connections;
using LangSmithPg.Extensions;
using LangSmithPg.Iam;
using LangSmithPg.Postgres.Connections;
using LangSmithPg.Postgres.Pooling;
using LangSmithPg.Postgres.Rehearsals;
using LangSmithPg.Rehearsals;
using LangSmithPg.Servers;
using LangSmithPg.Sql;
using LangSmithPg.Tls;
using Npgsql;

namespace LangSmithPg.Postgres.Servers;

/// <summary>Looks at a live server over one connection that is closed afterwards. Leaves nothing changed.</summary>
public static class ServerLook
{
    /// <summary>Logs in and out again.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="options">How to look.</param>
    /// <param name="cancellationToken">Ends the look within moments, whatever the server does.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static Task<ServerObservation> ConnectAsync(
        PgConnectionString connection, LookOptions options, CancellationToken cancellationToken) =>
        LookAsync(connection, options, askFacts: false, then: null, cancellationToken);

    /// <summary>Logs in, asks for the facts in one round trip, rehearses if it is asked to, and logs out.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="options">How to look.</param>
    /// <param name="cancellationToken">Ends the look within moments, whatever the server does.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static async Task<ServerObservation> GatherFactsAsync(
        PgConnectionString connection, LookOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        Rehearsal? rehearsal = null;
        var observation = await LookAsync(connection, options, askFacts: true, options.Rehearse ? Rehearse : null, cancellationToken);
        return observation with { Rehearsal = rehearsal };

        async Task Rehearse(OpenSession open, CancellationToken limit) => rehearsal = await RehearsalRun.RunAsync(open, options.ForceRehearsal, options.Log, limit);
    }

    internal static async Task<ServerObservation> LookAsync(
        PgConnectionString connection, LookOptions options, bool askFacts, Func<OpenSession, CancellationToken, Task>? then,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(options);
        ServerObservation observation = null!;
        var clock = Stopwatch.StartNew();
        var tries = SessionTarget.Rounds(connection).SelectMany(wanted => connection.Hosts.Select(host => (host, wanted))).ToList();
        var untried = tries.Count;
        var isBegun = false;
        foreach (var (host, wanted) in tries)
        {
            // A host that says nothing must leave time for the others.
            var share = (options.Timeout - clock.Elapsed) / untried--;
            try
            {
                observation = await LookAtAsync(connection, host, wanted, options with { Timeout = share }, askFacts, then is null ? null : Begin, cancellationToken);
            }
            catch (Exception exception) when (FailureExplainer.IsOutOfResources(exception))
            {
                observation = new() { Connection = connection, Host = host, Failure = FailureExplainer.OutOfResources(exception) };
            }

            // As libpq: the next host is tried when one cannot be reached or is not the wanted one, not when it says no.
            // What was begun with one is not done again with another.
            if (isBegun || observation.Failure is not ({ IsOfTheNetwork: true } or { Kind: ConnectionFailureKind.HostNotWanted }) || clock.Elapsed >= options.Timeout)
            {
                break;
            }
        }

        return observation;

        Task Begin(OpenSession open, CancellationToken limit)
        {
            isBegun = true;
            return then!(open, limit);
        }
    }

    static async Task<ServerObservation> LookAtAsync(
        PgConnectionString connection, PgHost host, string wanted, LookOptions options, bool askFacts,
        Func<OpenSession, CancellationToken, Task>? then, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var observation = new ServerObservation { Connection = connection, Host = host };
        var login = options.AsMounted(connection);
        TlsTrust trust;
        if (options.Forbids(login) is { } forbidden)
        {
            return Failed(forbidden);
        }

        try
        {
            login = await WithToken(login, host, options, cancellationToken);
        }
        catch (TokenException exception)
        {
            return Failed(new(ConnectionFailureKind.TokenUnavailable, exception.Message, exception.Fix));
        }
        catch (TimeoutException)
        {
            return Failed(new(
                ConnectionFailureKind.TokenUnavailable, $"The cloud gave no token within {options.Timeout.TotalSeconds:0.#} seconds.",
                "Give a token with -AccessToken, or more time with -TimeoutSeconds."));
        }

        try
        {
            var left = options.Timeout - clock.Elapsed;
            trust = await OwnThread.RunAsync(() => TlsTrust.For(login, options)).WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellationToken);
        }
        catch (TimeoutException)
        {
            return Failed(new(
                ConnectionFailureKind.RootCertificateUnreadable, $"The certificates that the connection names were not read within {options.Timeout.TotalSeconds:0.#} s.",
                "Check the files that sslrootcert, sslcert and sslkey name, and the share that they lie on."));
        }
        catch (CertificateException exception)
        {
            return Failed(new(
                ConnectionFailureKind.ClientCertificateUnreadable, "The client certificate that sslcert and sslkey name cannot be used.",
                exception.Problem.Fix, Detail: exception.Message));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return Failed(new(
                ConnectionFailureKind.RootCertificateUnreadable, "The file that sslrootcert names cannot be read.",
                "Give a PEM file with the authority's certificate that is there and readable, or sslrootcert=system for public authorities.",
                Detail: exception.Message));
        }

        using (trust)
        {
            try
            {
                Log($"Connecting to {host} as {login.UserName}, sslmode {login.SslMode?.ToText() ?? "not given"}; the certificate {trust.Demand}.");
                return await Deadline.RunAsync(Look, options.Timeout - clock.Elapsed, cancellationToken);
            }
            catch (TimeoutException)
            {
                return Failed(FailureExplainer.TimedOut(host, options.Timeout, await StepOf(trust, host)));
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                return Failed(FailureExplainer.Explain(exception, login, host, trust, options.SendsToken(connection)));
            }
        }

        async Task<ServerObservation> Look(CancellationToken limit)
        {
            if (options.TellAddresses && !IPAddress.TryParse(host.Name, out _))
            {
                Log($"{host.Name} is {string.Join(", ", (await HostAddresses.FindAsync(host)).Select(address => address.ToString()))}.");
            }

            await using var session = await Open(limit);
            trust.IsIn = true;
            Log(trust.Negotiated is { } tls ? $"TLS: {tls.Protocol} {tls.Cipher}, certificate {tls.Subject}{(tls.NotAfter is { } end ? $" until {end:yyyy-MM-dd}" : "")}." : "No TLS: whoever is on the way can read along.");
            var connected = observation with { ServerVersion = ConnectionFailures.Scrub(ShortVersion(session.ServerVersion), login), Tls = trust.Negotiated, ConnectTime = clock.Elapsed };
            Log($"Logged in as {login.UserName} within {clock.ElapsedMilliseconds} ms; server version {session.ServerVersion}.");

            // Asked for facts, the console of pgbouncer may drop the connection before its answer is read.
            if (session.ServerVersion.EndsWith("/bouncer", StringComparison.Ordinal))
            {
                return connected with { Failure = ConnectionFailures.PoolerConsole, Elapsed = clock.Elapsed };
            }

            if (SessionTarget.Judge(wanted, session, host) is { } unwanted)
            {
                return connected with { Failure = unwanted, Elapsed = clock.Elapsed };
            }

            if (!askFacts)
            {
                Log("Nothing more is asked: logging out.");
                return connected with { Elapsed = clock.Elapsed };
            }

            Log($"Asking for facts of database {connection.Database} and schema {connection.Schema}, in one read-only round trip.");
            var (facts, version) = await FactsQuery.AskAsync(session, connection.Schema, LeftForServer(), limit);
            facts = facts is null ? null : facts with { ControlFileError = Scrub(facts.ControlFileError), HealthError = Scrub(facts.HealthError) };
            Log($"Facts gathered within {clock.ElapsedMilliseconds} ms.");
            if (facts is null)
            {
                return connected with { Failure = Unsupported(ConnectionFailures.Scrub(version, login)), Elapsed = clock.Elapsed };
            }

            var isPooled = PoolerProbe.IsPooled(session, facts, host);
            Log($"The server is PostgreSQL {facts.Server.ShortVersion}, {(facts.Provider == ServerProvider.Unknown ? "of no known provider" : $"of {facts.Provider}")}{(isPooled ? "" : ", and the connection is direct")}.");
            if (then is not null)
            {
                await then(new(session, login, facts, LeftForServer()), limit);
            }

            PoolerFacts? pooler = null;
            if (isPooled)
            {
                Log("A pooler stands in between: looking closer.");
                await session.CloseAsync();
                pooler = await PoolerProbe.RunAsync(login, host, options, Open, OpenWithSchema, limit);
            }

            Log($"Done and logged out within {clock.ElapsedMilliseconds} ms.");
            return connected with { Facts = facts, Pooler = pooler, Elapsed = clock.Elapsed };
        }

        // Without what its answer needs to travel back once the server has given up, and who asks to see it.
        TimeSpan LeftForServer() => options.Timeout - clock.Elapsed - TimeSpan.FromSeconds(Math.Clamp(options.Timeout.TotalSeconds / 5, 0.2, 1));

        Task<NpgsqlConnection> Open(CancellationToken limit) => Login.OpenAsync(login, host, trust, options.Timeout, searchPath: null, limit);

        Task<NpgsqlConnection> OpenWithSchema(CancellationToken limit) => Login.OpenAsync(login, host, trust, options.Timeout, SqlIdentifier.Quote(login.Schema), limit);

        ServerObservation Failed(ConnectionFailure failure)
        {
            Log(string.Join(' ', new[] { failure.Message, failure.SqlState, failure.Detail }.OfType<string>()));
            Log($"Given up after {clock.ElapsedMilliseconds} ms.");
            return observation with { Failure = failure, ConnectTime = clock.Elapsed, Elapsed = clock.Elapsed };
        }

        string? Scrub(string? text) => text is null ? null : ConnectionFailures.Scrub(text, login);

        // A server may say anything, even what it was told in confidence.
        void Log(string message) => options.Log(ConnectionFailures.Scrub(message, login));
    }

    static async Task<LoginStep> StepOf(TlsTrust trust, PgHost host) =>
        trust.Step is not LoginStep.None and var known ? known : await TcpConnections.LeadToAsync(host) ? LoginStep.Connected : LoginStep.None;

    static async Task<PgConnectionString> WithToken(PgConnectionString connection, PgHost host, LookOptions options, CancellationToken cancellationToken)
    {
        if (options.AccessToken is { } given)
        {
            return connection.WithPassword(given);
        }

        return options.AcquireToken is { } acquire && connection is { IamAuthProvider: not null, HasPassword: false }
            ? connection.WithPassword((await Deadline.RunAsync(limit => acquire(host, limit), options.Timeout, cancellationToken)).GetSecret())
            : connection;
    }

    // Distributions add to it: "15.18 (Debian 15.18-0+deb12u1)".
    static string ShortVersion(string version) => version.Split(' ')[0];

    static ConnectionFailure Unsupported(string version) => new(
        ConnectionFailureKind.UnsupportedServer, "The server speaks PostgreSQL's protocol but is not PostgreSQL.",
        "Use PostgreSQL itself, 14 or later.", Detail: version);
}
