using LangSmithPg.Common;
using LangSmithPg.Documents;
using LangSmithPg.Kubernetes;

namespace LangSmithPg.Helm.Linting.Rules;

/// <summary>The names under which the chart looks for the connection.</summary>
sealed class SecretNameRule : IValuesRule
{
    public IEnumerable<ValuesFinding> Evaluate(LintInput input)
    {
        var name = input.Text(External.ExistingSecretName);
        var key = input.Text(External.SecretKey);
        if (name is null && key is not null && key != KubernetesSecret.DefaultConnectionKey)
        {
            yield return input.Finding(
                "Values.SecretKey", FindingStatus.Fail, External.SecretKey, "connectionUrlSecretKey is set, but existingSecretName is not: no pod would start.") with
            {
                Why = $"The Secret that the chart creates always has the key {KubernetesSecret.DefaultConnectionKey}, and the pods would look for {key}.",
                Fix = "Remove it, or set existingSecretName to the name of the Secret that has this key.",
            };
        }

        foreach (var (path, isObject) in Names(input))
        {
            if (input.Text(path) is not { } text || Placeholder.IsIn(text))
            {
                continue;
            }

            var isName = isObject ? KubernetesNames.IsObjectName(text) : KubernetesNames.IsSecretKey(text);
            if (!isName || !YamlScalars.IsTextUnquoted(text))
            {
                yield return input.Finding("Values.SecretName", FindingStatus.Fail, path, isName ? "The chart would turn this name into a number or a Boolean." : "The name is not valid in Kubernetes.") with
                {
                    Why = "The chart writes the name into its objects without quotes.",
                    Fix = isObject ? "Use lowercase letters, digits and '-', and begin with a letter." : "Use letters, digits, '-', '_' and '.', and begin with a letter.",
                };
            }
        }
    }

    // Secrets, and keys in them.
    static IEnumerable<(ValuesPath Path, bool IsObject)> Names(LintInput input)
    {
        yield return (External.ExistingSecretName, true);
        yield return (External.SecretKey, false);
        yield return (External.CustomCaName, true);
        yield return (External.CustomCaKey, false);
        if (input.HasClientCertificate)
        {
            yield return (External.ClientCertificate, true);
            yield return (External.Root.Child("clientCert").Child("certSecretKey"), false);
            yield return (External.Root.Child("clientCert").Child("keySecretKey"), false);
        }

        foreach (var other in input.Chart.OtherDatabases.Where(one => one.Path.Keys[^1] == "external"))
        {
            yield return (other.Path.Child("existingSecretName"), true);
        }

        yield return (SmithDbValues.SecretName, true);
    }
}
