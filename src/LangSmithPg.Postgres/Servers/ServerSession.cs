using System.Diagnostics;
using LangSmithPg.Connections;
using LangSmithPg.Postgres.Connections;
using LangSmithPg.Postgres.Rehearsals;
using LangSmithPg.Rehearsals;
using LangSmithPg.Servers;

namespace LangSmithPg.Postgres.Servers;

/// <summary>One session at a live server, that is closed afterwards.</summary>
static class ServerSession
{
    /// <summary>Logs in and out again.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="options">How to connect.</param>
    /// <param name="cancellationToken">Ends it within moments, whatever the server does.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static async Task<ServerObservation> ConnectAsync(
        PgConnectionString connection, SessionOptions options, CancellationToken cancellationToken) =>
        (await RunAsync<object>(connection, options, (host, limit) => host.ConnectAsync(limit), cancellationToken)).Observation;

    /// <summary>Logs in, asks for the facts in one round trip, and logs out. Leaves nothing changed.</summary>
    /// <inheritdoc cref="ConnectAsync" path="/param"/>
    /// <inheritdoc cref="ConnectAsync" path="/exception"/>
    public static async Task<ServerObservation> GatherFactsAsync(
        PgConnectionString connection, SessionOptions options, CancellationToken cancellationToken) =>
        (await UseAsync<object>(connection, options, work: null, cancellationToken)).Observation;

    /// <summary>Gathers the facts, and rehearses LangSmith's migrations in the same session, in a transaction that is rolled back.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="options">How to connect.</param>
    /// <param name="force">Whether to rehearse even with an administrator's rights in a schema in which others may create.</param>
    /// <param name="cancellationToken">Ends it within moments, whatever the server does.</param>
    /// <returns>What was observed; and what came of the rehearsal, or null when it did not come to its end.</returns>
    /// <inheritdoc cref="ConnectAsync" path="/exception"/>
    public static Task<(ServerObservation Observation, Rehearsal? Rehearsal)> RehearseAsync(
        PgConnectionString connection, SessionOptions options, bool force, CancellationToken cancellationToken) =>
        UseAsync<Rehearsal>(connection, options, async (session, limit) => await RehearsalRun.RunAsync(session, force, options.Log, limit), cancellationToken);

    /// <summary>Gathers the facts, and does some work in the same session.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="options">How to connect.</param>
    /// <param name="work">The work, or null. It is begun at most once.</param>
    /// <param name="cancellationToken">Ends it within moments, whatever the server does.</param>
    /// <returns>What was observed; and what the work gave, or null when it did not come to its end.</returns>
    /// <inheritdoc cref="ConnectAsync" path="/exception"/>
    internal static Task<(ServerObservation Observation, T? Result)> UseAsync<T>(
        PgConnectionString connection, SessionOptions options, Func<OpenSession, CancellationToken, Task<T?>>? work, CancellationToken cancellationToken)
        where T : class =>
        RunAsync(connection, options, (host, limit) => host.UseAsync(work, limit), cancellationToken);

    // As libpq: the next host is tried when one cannot be reached or is not the wanted one, not when it says no. What was begun with one
    // is not done again with another.
    static async Task<(ServerObservation Observation, T? Result)> RunAsync<T>(
        PgConnectionString connection, SessionOptions options, Func<HostSession, CancellationToken, Task<(ServerObservation, T?)>> use,
        CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(options);
        var clock = Stopwatch.StartNew();
        var tries = SessionTarget.Rounds(connection).SelectMany(wanted => connection.Hosts.Select(host => (host, wanted))).ToList();
        for (var untried = tries.Count; ; untried--)
        {
            var (host, wanted) = tries[^untried];
            // A host that says nothing must leave time for the others.
            var session = new HostSession(connection, host, wanted, options with { Timeout = (options.Timeout - clock.Elapsed) / untried });
            var (observation, result) = await TryAsync(session, use, cancellationToken);
            if (untried == 1 || session.HasBegunWork || clock.Elapsed >= options.Timeout
                || observation.Failure is not ({ IsOfTheNetwork: true } or { Kind: ConnectionFailureKind.HostNotWanted }))
            {
                return (observation, observation.Failure is null ? result : null);
            }
        }
    }

    static async Task<(ServerObservation Observation, T? Result)> TryAsync<T>(
        HostSession session, Func<HostSession, CancellationToken, Task<(ServerObservation, T?)>> use, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await session.RunAsync(limit => use(session, limit), cancellationToken);
        }
        catch (Exception exception) when (FailureExplainer.IsOutOfResources(exception))
        {
            return (session.Observation with { Failure = FailureExplainer.OutOfResources(exception) }, null);
        }
    }
}
