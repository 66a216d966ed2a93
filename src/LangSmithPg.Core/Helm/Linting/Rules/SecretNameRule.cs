using LangSmithPg.Documents;
using LangSmithPg.Kubernetes;
using LangSmithPg.Readiness;

namespace LangSmithPg.Helm.Linting.Rules;

/// <summary>The names under which the chart looks for the connection.</summary>
sealed class SecretNameRule : IValuesRule
{
    public IEnumerable<ValuesFinding> Judge(LintInput input)
    {
        var name = input.Text(External.ExistingSecretName);
        var key = input.Text(External.SecretKey);
        if (name is null && key is not null && key != KubernetesSecret.DefaultConnectionKey)
        {
            yield return input.Finding(
                "Values.SecretKey", FindingStatus.Fail, External.SecretKey, "connectionUrlSecretKey is set, and existingSecretName is not: no pod would start.") with
            {
                Why = $"The Secret that the chart makes always has the key {KubernetesSecret.DefaultConnectionKey}, and the pods would look for {key}.",
                Fix = "Take it out, or name the Secret that has this key.",
            };
        }

        foreach (var (path, text, isName) in new[] { (External.ExistingSecretName, name, KubernetesNames.IsObjectName(name!)), (External.SecretKey, key, KubernetesNames.IsSecretKey(key!)) })
        {
            if (text is null || Placeholder.IsIn(text) || (isName && YamlScalars.IsTextUnquoted(text)))
            {
                continue;
            }

            yield return input.Finding("Values.SecretName", FindingStatus.Fail, path, isName ? "The chart would turn this name into a number or a flag." : "Kubernetes takes no such name.") with
            {
                Why = "The chart writes the name into its objects without quotes.",
                Fix = "Choose lower-case letters, digits and '-', and begin with a letter.",
            };
        }
    }
}
