using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Readiness;
using LangSmithPg.Rehearsals;
using LangSmithPg.Sandbox.Postgres;
using LangSmithPg.Servers;

namespace LangSmithPg.Postgres.Tests;

/// <summary>Short ways to a look.</summary>
static class ObservationExtensions
{
    /// <summary>The connection of the superuser.</summary>
    public static ConnectionParts Parts(this PostgresServer server) => new()
    {
        HostName = server.Host,
        Port = server.Port,
        Database = "postgres",
        UserName = server.SuperUserName,
        Password = Secret.From(server.SuperUserPassword),
    };

    public static ConnectionParts With(this ConnectionParts parts, string name, string value) =>
        parts with { Parameters = [.. parts.Parameters, new(name, value)] };

    public static Task<ServerObservation> LookAsync(this ConnectionParts parts, SessionOptions? options = null) =>
        PgConnectionString.FromParts(parts).Require().LookAsync(options);

    public static Task<ServerObservation> LookAsync(this PgConnectionString connection, SessionOptions? options = null) =>
        ServerSession.GatherFactsAsync(connection, options ?? new(), TestContext.Current.CancellationToken);

    public static Task<(ServerObservation Observation, Rehearsal? Rehearsal)> RehearseAsync(this ConnectionParts parts) =>
        PgConnectionString.FromParts(parts).Require().RehearseAsync();

    public static Task<(ServerObservation Observation, Rehearsal? Rehearsal)> RehearseAsync(
        this PgConnectionString connection, CancellationToken? cancellationToken = null, SessionOptions? options = null, bool force = false) =>
        ServerSession.RehearseAsync(connection, options ?? new(), force, cancellationToken ?? TestContext.Current.CancellationToken);

    /// <summary>Judges what was observed and rehearsed.</summary>
    public static ReadinessReport Evaluate(this (ServerObservation Observation, Rehearsal? Rehearsal) rehearsed, DateOnly today) =>
        ReadinessEvaluator.Evaluate(rehearsed.Observation, today, rehearsal: rehearsed.Rehearsal);

    /// <summary>Looks and gets in.</summary>
    public static async Task<ServerFacts> FactsAsync(this ConnectionParts parts)
    {
        var observation = await parts.LookAsync();
        Assert.Null(observation.Failure);
        return Assert.IsType<ServerFacts>(observation.Facts);
    }

    /// <summary>Looks and fails in the expected way, with something to do about it.</summary>
    public static async Task<ConnectionFailure> FailAsync(
        this ConnectionParts parts, ConnectionFailureKind expected, SessionOptions? options = null)
    {
        var observation = await parts.LookAsync(options);
        return observation.AssertFailed(expected);
    }

    public static ConnectionFailure AssertFailed(this ServerObservation observation, ConnectionFailureKind expected)
    {
        var failure = Assert.IsType<ConnectionFailure>(observation.Failure);
        Assert.True(failure.Kind == expected, $"Expected {expected}, not {failure.Kind}: {failure.Message} {failure.SqlState} {failure.Detail}");
        Assert.Null(observation.Facts);
        Assert.NotEmpty(failure.Message);
        Assert.NotEmpty(failure.Fix.Text);
        return failure;
    }
}
