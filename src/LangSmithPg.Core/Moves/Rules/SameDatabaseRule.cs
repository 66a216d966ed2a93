using LangSmithPg.Common;
using LangSmithPg.Findings;

namespace LangSmithPg.Moves.Rules;

/// <summary>Whether source and target are one database, by whatever names it is reached.</summary>
sealed class SameDatabaseRule : IMoveRule
{
    public IEnumerable<Finding> Evaluate(MoveInput input)
    {
        var (from, to) = (input.Source, input.Target);
        // A restored backup keeps the number of its server and of its databases, but is a server that was started by itself.
        var isSame = from.Facts.StartTime == to.Facts.StartTime && from.Facts.DatabaseId == to.Facts.DatabaseId && from.Server.Database.Name == to.Server.Database.Name
            && (from.Facts.SystemIdentifier is not { } one || to.Facts.SystemIdentifier is not { } other || one == other);
        yield return input.Finding("Move.SameDatabase", isSame ? FindingStatus.Fail : FindingStatus.Pass,
            isSame ? "Source and target are the same database." : "Source and target are different databases.") with
        {
            Evidence = $"Source: {Identity(from)}. Target: {Identity(to)}.",
            Why = "A database cannot be moved to itself.",
            Fix = isSame ? "Specify another database as the target." : null,
        };
    }

    static string Identity(MoveSide side) =>
        $"database {side.Server.Database.Name}{(side.Facts.SystemIdentifier is { } identifier ? $", system identifier {identifier}" : "")}, started {side.Facts.StartTime}";
}
