using LangSmithPg.Common;

namespace LangSmithPg.Servers;

/// <summary>A statement that a server refused, in its own words and without secrets.</summary>
/// <param name="SqlState">The five-character error code; also where it was this side that found the connection cut or the time over.</param>
/// <param name="Message">The message.</param>
/// <param name="Hint">What the server itself advises, or null.</param>
public sealed record ServerError(string SqlState, string Message, string? Hint = null)
{
    /// <summary>The message.</summary>
    public string Message { get; init; } = VisibleText.Of(Message);

    /// <summary>What the server itself advises, or null.</summary>
    public string? Hint { get; init; } = Hint is null ? null : VisibleText.Of(Hint);

    /// <summary>Whether it was COMMIT that it is about, and not a statement before.</summary>
    internal bool IsOfCommit { get; init; }

    /// <summary>Whether the answer to a COMMIT was lost or not waited for, so that nobody here knows whether it took effect.</summary>
    internal bool LeavesCommitOpen => IsOfCommit && Kind is (ServerErrorKind.ConnectionLost or ServerErrorKind.TimedOut);

    /// <summary>There was no time left to try.</summary>
    public static readonly ServerError NoTimeLeft = new("57014", "The time limit was reached.");

    /// <summary>The connection was cut.</summary>
    /// <param name="message">The system's words, without secrets.</param>
    public static ServerError ConnectionLost(string message) => new("08006", message);

    /// <summary>The answer is none that PostgreSQL gives.</summary>
    public static readonly ServerError ProtocolViolation = new("08P01", "The answer of the server is not one of PostgreSQL.");

    /// <summary>What a statement needs is not there, or not where LangSmith would look for it.</summary>
    /// <param name="message">What is missing.</param>
    public static ServerError NotThere(string message) => new("42704", message);

    /// <summary>Why. Source of the codes: PostgreSQL documentation, "Error Codes"; the server may speak any language.</summary>
    public ServerErrorKind Kind => SqlState switch
    {
        "42501" => ServerErrorKind.PermissionDenied,
        // Azure's words; PostgreSQL itself has the same code for an extension without files.
        "0A000" when Message.Contains("allow-list", StringComparison.OrdinalIgnoreCase) => ServerErrorKind.NotAllowListed,
        "0A000" or "58P01" => ServerErrorKind.FilesMissing,
        "3F000" => ServerErrorKind.SchemaMissing,
        "42704" or "42883" => ServerErrorKind.ObjectMissing,
        "55P03" => ServerErrorKind.Locked,
        "57014" => ServerErrorKind.TimedOut,
        "25006" => ServerErrorKind.ReadOnly,
        "53100" => ServerErrorKind.DiskFull,
        "42710" or "42723" => ServerErrorKind.NameTaken,
        "23505" or "40001" or "40P01" => ServerErrorKind.Conflict,
        "25P03" or "57P01" or "57P02" or "57P03" or ['0', '8', ..] => ServerErrorKind.ConnectionLost,
        _ => ServerErrorKind.Refused,
    };

    /// <inheritdoc/>
    public override string ToString() => Hint is null ? $"{SqlState} {Message}" : $"{SqlState} {Message} ({Hint})";
}
