using LangSmithPg.Connections;
using LangSmithPg.Servers;

namespace LangSmithPg.Postgres.Servers;

/// <summary>A session that stays open until it is disposed, for work that needs several of them at the same time.</summary>
sealed class HeldSession : IAsyncDisposable
{
    // The work itself has its limits, statement by statement.
    static readonly TimeSpan Most = TimeSpan.FromDays(30);

    readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Task<(ServerObservation Observation, object? Result)> _use;

    HeldSession(PgConnectionString connection, SessionOptions options, TaskCompletionSource<OpenSession> opened, CancellationToken cancellationToken) =>
        _use = ServerSession.UseAsync<object>(
            connection, options with { WorkTimeout = Most },
            async (open, limit) =>
            {
                opened.SetResult(open);
                await _released.Task.WaitAsync(limit);
                return null;
            },
            cancellationToken);

    /// <summary>The session.</summary>
    public OpenSession Open { get; private set; } = null!;

    /// <summary>Opens a session.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="options">How to connect; the time limit is that of opening it.</param>
    /// <param name="cancellationToken">Ends it within moments.</param>
    /// <returns>The session, or why there is none.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static async Task<(HeldSession? Session, ServerObservation? Failed)> OpenAsync(
        PgConnectionString connection, SessionOptions options, CancellationToken cancellationToken)
    {
        var opened = new TaskCompletionSource<OpenSession>(TaskCreationOptions.RunContinuationsAsynchronously);
        var session = new HeldSession(connection, options, opened, cancellationToken);
        if (await Task.WhenAny(session._use, opened.Task) == session._use)
        {
            return (null, (await session._use).Observation);
        }

        session.Open = await opened.Task;
        return (session, null);
    }

    /// <summary>Closes the session.</summary>
    public async ValueTask DisposeAsync()
    {
        _released.TrySetResult();
        await ((Task)_use).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
