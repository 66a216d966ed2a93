using LangSmithPg.Common;
using LangSmithPg.Documents;

namespace LangSmithPg.Helm.Linting.Rules;

/// <summary>
/// Labels and annotations that are not strings: Kubernetes rejects <c>azure.workload.identity/use: true</c>, which needs quotes.
/// Source: Kubernetes API reference, ObjectMeta: labels and annotations are maps of texts.
/// </summary>
sealed class TextMapRule : IValuesRule
{
    public IEnumerable<ValuesFinding> Evaluate(LintInput input) =>
        from one in input.Values.All
        let value = one.Value
        where value.Kind == ValueKind.Word && !value.IsNull && !value.IsInList && value.Path.Keys.Count > 1 && IsTextMap(value.Path.Keys[^2]) && YamlScalars.IsNumberOrFlag(value.Text)
        select LintInput.At("Values.NotText", FindingStatus.Fail, one.File, value, $"{value.Path} is {value.Text} without quotes, which is not a string.") with
        {
            Why = "Kubernetes accepts only strings for labels and annotations, and rejects the whole object.",
            Fix = "Put the value in quotes.",
            Repair = HelmValues.Empty.With(value.Path, value.Text),
        };

    static bool IsTextMap(string key) => key is "labels" or "annotations" or "commonLabels" or "commonAnnotations" or "commonPodAnnotations";
}
