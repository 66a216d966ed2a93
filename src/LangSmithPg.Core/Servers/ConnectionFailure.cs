using LangSmithPg.Common;

namespace LangSmithPg.Servers;

/// <summary>Why there was no getting into a database, and what to do.</summary>
/// <param name="Kind">What went wrong.</param>
/// <param name="Message">One sentence that says it.</param>
/// <param name="Fix">What to do.</param>
/// <param name="SqlState">The server's five-character error code, or null when the error is not the server's.</param>
/// <param name="Detail">The server's or system's own words, without secrets.</param>
public sealed record ConnectionFailure(ConnectionFailureKind Kind, string Message, Remedy Fix, string? SqlState = null, string? Detail = null)
{
    /// <summary>One sentence that says it.</summary>
    public string Message { get; init; } = VisibleText.Of(Message);

    /// <summary>The server's or system's own words, without secrets.</summary>
    public string? Detail { get; init; } = Detail is null ? null : VisibleText.Of(Detail);

    /// <summary>Whether another host of the same connection may do better, as libpq tries the next.</summary>
    public bool IsOfTheNetwork => Kind is ConnectionFailureKind.HostNotFound or ConnectionFailureKind.Unreachable
        or ConnectionFailureKind.ConnectionRefused or ConnectionFailureKind.ConnectionClosed or ConnectionFailureKind.TimedOut;

    /// <summary>Whether the server was reached at all.</summary>
    public bool WasReached => (!IsOfTheNetwork && !IsBeforehand) || Kind == ConnectionFailureKind.ConnectionClosed;

    bool IsBeforehand => Kind is ConnectionFailureKind.TokenUnavailable or ConnectionFailureKind.TokenWithoutTls or ConnectionFailureKind.ParameterNotSupported
        or ConnectionFailureKind.OutOfResources;

    /// <inheritdoc/>
    public override string ToString() => Message;
}
