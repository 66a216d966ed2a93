using LangSmithPg.Readiness.Rehearsing;
using LangSmithPg.Servers;

namespace LangSmithPg.Ownership;

/// <summary>What came of a transfer.</summary>
public sealed record OwnershipTransfer
{
    /// <summary>What was to be done.</summary>
    public required OwnershipPlan Plan { get; init; }

    /// <summary>The server and database, without secrets.</summary>
    public string Target => Plan.Target;

    /// <summary>The role that owned.</summary>
    public string From => Plan.From;

    /// <summary>The role that owns.</summary>
    public string To => Plan.To;

    /// <summary>How many statements took effect: all, none, or the batches before the one that failed.</summary>
    public required int Done { get; init; }

    /// <summary>Why the server refused, or null.</summary>
    public ServerError? Error { get; init; }

    /// <summary>The statement that it refused, where it was one.</summary>
    public string? FailedStatement { get; init; }

    /// <summary>Tables that were altered as the new owner to prove it, and undone, before the transfer was committed.</summary>
    public IReadOnlyList<OwnershipProbe> Proof { get; init; } = [];

    /// <summary>How long it took.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>What to do about the refusal, or null where there was none.</summary>
    public string? Fix => Error?.Kind == ServerErrorKind.PermissionDenied
        ? $"Log in as {To}, made a member of {From} for as long as it takes; or as a superuser."
        : Error?.Fix();

    /// <summary>The statement that is left for an admin where the new owner did it itself, as a member of the old one; or null.</summary>
    public string? Next => Error is null && Plan.Caller == To ? OwnershipStatements.Revoke(From, To) : null;
}
