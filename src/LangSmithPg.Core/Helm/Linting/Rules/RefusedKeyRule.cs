using LangSmithPg.Charts;
using LangSmithPg.Readiness;

namespace LangSmithPg.Helm.Linting.Rules;

/// <summary>A key that the chart checks for, and with which Helm fails.</summary>
sealed class RefusedKeyRule : IValuesRule
{
    public IEnumerable<ValuesFinding> Judge(LintInput input) =>
        from refusal in input.Refusals
        where input.Values.Find(refusal.Path) is not null
        select input.Finding(
            "Values.RefusedKey", input.IfKnown(FindingStatus.Fail), refusal.Path, $"Helm fails: {input.Chart.Name} refuses {refusal.Path}.") with
        {
            Why = "The chart checks that the key is not there, and renders nothing if it is.",
            Fix = refusal.Advice ?? Advice(refusal),
        };

    /// <summary>What to do with the key.</summary>
    public static string Advice(ChartRefusal refusal) =>
        refusal.Instead.Count > 0 ? $"Use {string.Join(" or ", refusal.Instead)} in its place." : "Take it out.";
}
