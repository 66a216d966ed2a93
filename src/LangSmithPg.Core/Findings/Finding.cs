using LangSmithPg.Common;

namespace LangSmithPg.Findings;

/// <summary>One question that was put to a database, and its answer.</summary>
public sealed record Finding
{
    /// <summary>Stable id, such as <c>Extension.citext</c>.</summary>
    public required string Id { get; init; }

    /// <summary>How it came out.</summary>
    public required FindingStatus Status { get; init; }

    /// <summary>The server and database, without secrets.</summary>
    public required string Target { get; init; }

    /// <summary>The answer in one sentence.</summary>
    public required string Message { get; init => field = VisibleText.Of(value); }

    /// <summary>What the answer rests on.</summary>
    public string? Evidence { get; init => field = value is null ? null : VisibleText.Of(value); }

    /// <summary>Why it matters to LangSmith.</summary>
    public string? Why { get; init; }

    /// <summary>What to do: SQL, a cloud's command line, a values path. Null where nothing is to be done.</summary>
    public Remedy? Fix { get; init; }

    /// <summary>
    /// Id of the finding of the same database that causes this one: once that is fixed, so is this. Null where it is a problem of its own.
    /// </summary>
    public string? CausedBy { get; init; }

    /// <summary>Why the finding is accepted as it is, and until when. It keeps its status, but does not count. Null where it is not accepted.</summary>
    public Acceptance? Accepted { get; init; }

    /// <summary>Where the requirement comes from.</summary>
    public Uri? Source { get; init; }

    // Whether it is a failure that counts.
    internal bool IsFailure => this is { Status: FindingStatus.Fail, Accepted: null };

    // Without a look at the server, nothing is known.
    internal bool LeavesAllOpen => this is { Id: "Connection", Status: FindingStatus.Unknown };

    /// <inheritdoc/>
    public override string ToString() => $"{Status} {Id}: {Message}{(Accepted is null ? "" : $" {Accepted}")}";
}
