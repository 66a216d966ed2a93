using LangSmithPg.Common;

namespace LangSmithPg.Helm.Linting.Rules;

/// <summary>A switch that says "false" in quotes: to a template, a text that is not empty is true.</summary>
sealed class QuotedFlagRule : IValuesRule
{
    public IEnumerable<ValuesFinding> Evaluate(LintInput input) =>
        from one in input.Values.All
        let value = one.Value
        where value.Kind == ValueKind.Text && !value.IsInList && !input.Chart.Flags.Contains(value.Path) && IsSwitch(value.Path) && value.Text.ToUpperInvariant() is "FALSE" or "NO" or "OFF"
        select LintInput.At("Values.QuotedFlag", FindingStatus.Fail, one.File, value, $"{value.Path} is \"{value.Text}\" in quotes, which the chart treats as true.") with
        {
            Why = "Helm templates treat every non-empty string as true.",
            Fix = "Remove the quotes.",
        };

    static bool IsSwitch(ValuesPath path) => path.Keys[^1] is "enabled" or "create" or "customTls" or "useSsl" or "disableSecretCreation" or "skipValidation";
}
