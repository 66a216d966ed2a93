using LangSmithPg.Common;

namespace LangSmithPg.Helm.Linting.Rules;

/// <summary>A key that is defined twice in one map: Helm fails, or uses the last one.</summary>
sealed class RepeatedKeyRule : IValuesRule
{
    public IEnumerable<ValuesFinding> Evaluate(LintInput input) =>
        from file in input.Files
        from value in file.Repeated
        select LintInput.At("Values.RepeatedKey", FindingStatus.Fail, file, value, $"{value.Path} is already defined in this map (duplicate key).") with
        {
            Why = "Helm fails, or uses the last one without a warning.",
            Fix = "Keep one of them.",
        };
}
