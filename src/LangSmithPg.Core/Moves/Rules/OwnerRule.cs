using LangSmithPg.Common;
using LangSmithPg.Findings;

namespace LangSmithPg.Moves.Rules;

/// <summary>Who will own what is moved.</summary>
sealed class OwnerRule : IMoveRule
{
    public IEnumerable<Finding> Evaluate(MoveInput input)
    {
        var (owners, role) = (input.Source.Facts.Owners, input.Target.Server.Role.Name);
        var several = owners.Count > 1;
        yield return input.Finding("Move.Owner", several ? FindingStatus.Warning : FindingStatus.Pass,
            several ? $"The objects of the source belong to several roles ({Listing.Of(owners)}); in the target, all will belong to {role}, without the privileges of the source."
            : owners.Count == 1 && owners[0] != role ? $"In the target, all objects will belong to {role}, not to {owners[0]}; privileges are not moved."
            : $"In the target, all objects will belong to {role}; privileges are not moved.") with
        {
            Why = "Roles belong to a server, not to a database; LangSmith has to own its tables to change them.",
            Fix = several ? "If another role than LangSmith's uses the tables, grant it in the target what it needs." : null,
        };
    }
}
