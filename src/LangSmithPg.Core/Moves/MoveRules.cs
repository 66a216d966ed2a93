using LangSmithPg.Findings;
using LangSmithPg.Moves.Rules;

namespace LangSmithPg.Moves;

/// <summary>All rules of a move, in the order in which an admin wants to read their findings.</summary>
static class MoveRules
{
    static readonly IMoveRule[] All =
    [
        new SameDatabaseRule(), new MajorVersionRule(), new TargetEmptyRule(), new WritersRule(), new ReadRule(), new MoveExtensionRule(), new TargetPrivilegeRule(), new OwnerRule(),
        new MoveEncodingRule(), new MoveCollationRule(), new LeftOutRule(), new RoomRule(), new TimeRule(),
    ];

    /// <summary>Puts every question to both sides.</summary>
    /// <param name="input">What is known.</param>
    public static IReadOnlyList<Finding> Evaluate(MoveInput input) => [.. All.SelectMany(rule => rule.Evaluate(input))];
}
