using LangSmithPg.Common;
using LangSmithPg.Findings;

namespace LangSmithPg.Moves.Rules;

/// <summary>Whether the target is at least as new as the source.</summary>
sealed class MajorVersionRule : IMoveRule
{
    public IEnumerable<Finding> Evaluate(MoveInput input)
    {
        var (from, to) = (input.Source.Server.Server, input.Target.Server.Server);
        var isOlder = to.Major < from.Major;
        yield return input.Finding("Move.Version", isOlder ? FindingStatus.Fail : FindingStatus.Pass,
            isOlder ? $"The target runs PostgreSQL {to.Major}, which is older than the source's {from.Major}."
            : to.Major == from.Major ? $"Source and target run PostgreSQL {to.Major}."
            : $"The source runs PostgreSQL {from.Major}, and the target {to.Major}.") with
        {
            Why = "pg_restore does not support a server that is older than the one that was dumped.",
            Fix = isOlder ? $"Use a server with PostgreSQL {from.Major} or later." : null,
        };
    }
}
