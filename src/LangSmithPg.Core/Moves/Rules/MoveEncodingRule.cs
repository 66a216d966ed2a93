using LangSmithPg.Common;
using LangSmithPg.Findings;

namespace LangSmithPg.Moves.Rules;

/// <summary>Whether the target can hold every character of the source.</summary>
sealed class MoveEncodingRule : IMoveRule
{
    const string Utf8 = "UTF8";

    public IEnumerable<Finding> Evaluate(MoveInput input)
    {
        var (from, to) = (input.Source.Server.Database.Encoding, input.Target.Server.Database.Encoding);
        var finding = input.Finding("Move.Encoding", FindingStatus.Pass, $"Source and target are encoded in {to}.") with
        {
            Why = "Characters that the target's encoding lacks, and bytes that are not valid in it, make the restore fail.",
        };
        yield return from == to ? finding
            : to == Utf8 ? finding with
            {
                Status = FindingStatus.Warning,
                Message = $"The source is encoded in {from}, and the target in {to}: the text is converted{(from == "SQL_ASCII" ? ", and fails if it is not valid UTF-8" : "")}.",
                Fix = "Try the move with a copy of the source first.",
            }
            : finding with
            {
                Status = from == Utf8 ? FindingStatus.Fail : FindingStatus.Warning,
                Message = $"The source is encoded in {from}, and the target in {to}.",
                Fix = "Use a target database that is encoded in UTF8.",
                CausedBy = "Database.Encoding",
            };
    }
}
