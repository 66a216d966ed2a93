using LangSmithPg.SupportQueries;

namespace LangSmithPg.Postgres.SupportQueries;

/// <summary>A script that is executed, and who is told what.</summary>
sealed record SupportQueryRequest
{
    /// <summary>The script, which was checked.</summary>
    public required SupportScript Script { get; init; }

    /// <summary>The values of its variables.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>Whether it may write.</summary>
    public bool AllowsWrites { get; init; }

    /// <summary>Whether all that it does is to be undone.</summary>
    public bool IsUndone { get; init; }

    /// <summary>Whether values remain the text that the server sends.</summary>
    public bool AsText { get; init; }

    /// <summary>Most time for one statement.</summary>
    public TimeSpan StatementTimeout { get; init; }

    /// <summary>Most time that a statement waits for a lock.</summary>
    public TimeSpan LockTimeout { get; init; }

    /// <summary>Told every step before it is done. Called on any thread.</summary>
    public Action<ScriptStep> Begin { get; init; } = static _ => { };

    /// <summary>Takes rows; the next ones are not read before it has them. Called on any thread.</summary>
    public required Func<ResultPage, CancellationToken, Task> Write { get; init; }

    /// <summary>Told what the script or the server says. Called on any thread.</summary>
    public required Action<string> Say { get; init; }

    /// <summary>Asked whether the changes are to be committed. Called on any thread.</summary>
    public required Func<IReadOnlyList<StatementChange>, CancellationToken, Task<bool>> Confirm { get; init; }
}
