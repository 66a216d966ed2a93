using LangSmithPg.Servers;

namespace LangSmithPg.Rehearsals;

/// <summary>A step of a rehearsal, and what came of it.</summary>
/// <param name="Name">Its stable name, such as <c>Extension.citext</c>.</param>
/// <param name="What">What it does, to be read behind "the role can".</param>
/// <param name="Statements">What is sent to the server.</param>
sealed record RehearsalStep(string Name, string What, IReadOnlyList<string> Statements)
{
    /// <summary>Names of the steps that it builds on.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>The extension that it is about, or null.</summary>
    public string? Extension { get; init; }

    /// <summary>Why it is not even sent: what it needs is not there, or out of LangSmith's reach. Null where it is.</summary>
    public ServerError? Obstacle { get; init; }

    /// <summary>Why the server refused it, or null.</summary>
    public ServerError? Error { get; init; }

    /// <summary>The step that it builds on and that did not succeed, so that it was not tried; or null.</summary>
    public string? BlockedBy { get; init; }

    /// <summary>Whether it was tried and done.</summary>
    public bool Succeeded => Error is null && BlockedBy is null;
}
