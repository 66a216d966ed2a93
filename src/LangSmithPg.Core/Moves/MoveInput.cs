using LangSmithPg.Common;
using LangSmithPg.Findings;

namespace LangSmithPg.Moves;

/// <summary>Everything a rule of a move may look at.</summary>
/// <param name="Source">The database that is moved.</param>
/// <param name="Target">The database that it is moved to.</param>
sealed record MoveInput(MoveSide Source, MoveSide Target)
{
    static readonly Uri PgDump = new("https://www.postgresql.org/docs/current/app-pgdump.html");

    internal Finding Finding(string id, FindingStatus status, string message) =>
        new() { Id = id, Status = status, Target = Target.Connection.Target, Message = message, Source = PgDump };
}
