using LangSmithPg.Common;

namespace LangSmithPg.Helm.Linting.Rules;

/// <summary>A key that stands twice in one map: Helm fails, or takes the last one.</summary>
sealed class RepeatedKeyRule : IValuesRule
{
    public IEnumerable<ValuesFinding> Evaluate(LintInput input) =>
        from file in input.Files
        from value in file.Repeated
        select LintInput.At("Values.RepeatedKey", FindingStatus.Fail, file, value, $"{value.Path} stands in this map before.") with
        {
            Why = "Helm fails, or takes the last one and says nothing.",
            Fix = "Keep one of them.",
        };
}
