using LangSmithPg.Servers;

namespace LangSmithPg.SupportQueries;

/// <summary>What came of a script.</summary>
sealed record SupportQueryOutcome
{
    /// <summary>Why the script itself was not executed further, or null.</summary>
    public SupportQueryException? Problem { get; init; }

    /// <summary>Why the server refused, or null.</summary>
    public ServerError? Error { get; init; }

    /// <summary>The line that the server refused, or 0.</summary>
    public int Line { get; init; }

    /// <summary>Whether changes were committed.</summary>
    public bool IsCommitted { get; init; }
}
