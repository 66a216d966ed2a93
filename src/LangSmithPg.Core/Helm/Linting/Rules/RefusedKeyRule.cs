using LangSmithPg.Charts;
using LangSmithPg.Common;

namespace LangSmithPg.Helm.Linting.Rules;

/// <summary>A key that the chart checks for, and with which Helm fails.</summary>
sealed class RefusedKeyRule : IValuesRule
{
    // Of a key that the chart itself does not have, Helm keeps a null: it is there.
    public IEnumerable<ValuesFinding> Evaluate(LintInput input) =>
        from refusal in input.Refusals
        let there = input.Values.FindAny(refusal.Path)
        where there is not null
        select LintInput.At(
            "Values.RefusedKey", input.IfKnown(FindingStatus.Fail), there.Value.File, there.Value.Value, $"Helm fails: {input.Chart.Name} does not allow {refusal.Path}.") with
        {
            Why = "The chart checks that the key is not set, and renders nothing if it is.",
            Fix = refusal.Advice ?? Advice(refusal),
        };

    /// <summary>What to do with the key.</summary>
    public static string Advice(ChartRefusal refusal) =>
        refusal.Instead.Count > 0 ? $"Use {string.Join(" or ", refusal.Instead)} instead." : "Remove it.";
}
