using LangSmithPg.Common;
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

    /// <summary>How many statements are known to have taken effect: all, none, or the batches before the one that failed.</summary>
    public required int Done { get; init; }

    /// <summary>Why it did not come to its end, or null.</summary>
    public ServerError? Error { get; init; }

    /// <summary>The statement that it refused, or null where it was none of them.</summary>
    public string? FailedStatement { get; init; }

    /// <summary>Tables that were altered as the new owner to prove it, and undone, before the transfer was committed.</summary>
    public IReadOnlyList<OwnershipProbe> Proof { get; init; } = [];

    /// <summary>How long it took.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The outcome in one sentence.</summary>
    public string Outcome => this switch
    {
        { Error.LeavesCommitOpen: true } => "Whether the change was committed is not known: -WhatIf shows what remains to be done.",
        { Error: not null, Done: 0 } => "No ownership was changed.",
        { Error: not null } => $"{Done} of {Plan.Steps.Count} statements took effect.",
        { Plan.IsEmpty: true } => $"{From} owned nothing that has to be transferred.",
        _ => $"{To} owns what {From} owned: {string.Join(", ", Plan.Kinds)}.",
    };

    /// <summary>What to do about the refusal, or null where there was none.</summary>
    public Remedy? Fix => Error?.Kind == ServerErrorKind.PermissionDenied
        ? $"Log in as {To} as a temporary member of {From}, or log in as a superuser."
        : Error?.Kind == ServerErrorKind.TimedOut ? "Increase -TransferTimeoutSeconds; -WhatIf shows what remains to be done." : Error?.Fix();

    /// <summary>The statement that is left for an admin where the new owner did it itself, as a member of the old one; or null.</summary>
    public string? Next => Error is null && Plan.Caller == To ? OwnershipStatements.Revoke(From, To) : null;
}
