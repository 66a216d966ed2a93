using System.IO.Enumeration;

namespace LangSmithPg.Findings;

/// <summary>An entry of a file of accepted findings.</summary>
/// <param name="Id">Id of the finding, with the wildcards * and ?.</param>
/// <param name="Target">The server and database, with the wildcards * and ?.</param>
/// <param name="Reason">Why it is accepted.</param>
/// <param name="Until">The last day on which it is accepted, or null where that has no end.</param>
/// <param name="Place">Its place: the file and the line.</param>
sealed record AcceptedFinding(string Id, string Target, string Reason, DateOnly? Until, string Place)
{
    /// <summary>The finding that tells whether a database was checked at all. It cannot be accepted.</summary>
    public const string NeverAccepted = "Connection";

    /// <summary>What is written on a finding that is accepted.</summary>
    public Acceptance Acceptance => new(Reason, Until?.ToDateTime(TimeOnly.MinValue));

    /// <summary>Whether it still holds.</summary>
    /// <param name="today">The day.</param>
    public bool Holds(DateOnly today) => Until is null || today <= Until;

    public bool IsForTarget(string target) => Fits(Target, target);

    public bool IsForId(string id) => id != NeverAccepted && Fits(Id, id);

    // A backslash, which would escape, is in no id and no target.
    static bool Fits(string pattern, string text) => FileSystemName.MatchesSimpleExpression(pattern.Replace(@"\", @"\\", StringComparison.Ordinal), text, ignoreCase: true);
}
