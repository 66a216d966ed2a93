using LangSmithPg.Charts;
using LangSmithPg.Connections;
using LangSmithPg.Iam;
using LangSmithPg.Readiness;
using LangSmithPg.Text;

namespace LangSmithPg.Helm.Linting.Rules;

/// <summary>Whether every pod that reaches PostgreSQL acts under the cloud's identity: its account's annotation and, for Azure, its label.</summary>
sealed class IdentityRule : IValuesRule
{
    static readonly ValuesPath CommonAnnotations = new("commonAnnotations");
    static readonly ValuesPath CommonLabels = new("commonLabels");

    public IEnumerable<ValuesFinding> Judge(LintInput input)
    {
        if (!Enum.TryParse<IamAuthProvider>(input.IamProvider, ignoreCase: true, out var provider))
        {
            yield break;
        }

        var (annotation, label) = WorkloadIdentity.KeysOf(provider);
        var components = input.Components.ToList();
        var given = components.Select(one => one.ServiceAccount.Annotations).Append(CommonAnnotations).OfType<ValuesPath>()
            .Select(path => input.Text(path.Below(annotation))).OfType<string>().Distinct().ToList();
        var withoutAccount = components.Where(one => !Holds(input, one.ServiceAccount.Annotations, CommonAnnotations, annotation)).ToList();
        var withoutLabel = label is null ? [] : components.Where(one => !Holds(input, one.Labels, CommonLabels, label)).ToList();
        var missing = withoutAccount.Union(withoutLabel).ToList();
        if (missing.Count == 0)
        {
            yield break;
        }

        var identity = given is [var only] ? Identity(provider, only) : null;
        // A connected component of an account that the chart makes without values is reached by commonAnnotations alone.
        var repairable = identity is not null && withoutAccount.TrueForAll(one => one.ServiceAccount.Annotations is not null);
        // With EKS Pod Identity no account is annotated, and all is well.
        var isPodIdentity = provider == IamAuthProvider.Aws && given.Count == 0;
        var finding = input.Finding(
            "Values.IamIdentity", isPodIdentity ? FindingStatus.Warning : FindingStatus.Fail, IamValues.Provider, Message(withoutAccount, withoutLabel, annotation, label));
        yield return finding with
        {
            Why = isPodIdentity
                ? "Their pods get no token of the cloud, unless EKS Pod Identity gives it to them."
                : "Their pods get no token of the cloud, and cannot log in.",
            Fix = $"Set-LangSmithIamAnnotations {Option(provider, identity is null ? null : CommandArgument.ForPowerShell(given[0]))}{Version(input)} -Path {CommandArgument.ForPowerShell(finding.Path)}",
            Repair = repairable ? IamValues.ForComponents(HelmValues.Empty, identity!, missing) : null,
        };
    }

    static bool Holds(LintInput input, ValuesPath? own, ValuesPath common, string key) =>
        (own is not null && input.Text(own.Below(key)) is not null) || input.Text(common.Below(key)) is not null;

    static string Message(List<ChartComponent> withoutAccount, List<ChartComponent> withoutLabel, string annotation, string? label)
    {
        // Jobs share the account of what they serve.
        var owners = withoutAccount.DistinctBy(one => one.ServiceAccount).ToList();
        var accounts = owners.Count switch
        {
            0 => null,
            1 => $"the service account of {owners[0]} has no annotation {annotation}",
            _ => $"the service accounts of {Names(owners)} have no annotation {annotation}",
        };
        var pods = withoutLabel.Count == 0 ? null : $"the pods of {Names(withoutLabel)} have no label {label}";
        var text = string.Join("; ", new[] { accounts, pods }.OfType<string>());
        return $"{char.ToUpperInvariant(text[0])}{text[1..]}.";
    }

    static string Names(IEnumerable<ChartComponent> components) => string.Join(", ", components.Select(one => one.Name));

    static string Version(LintInput input) => input.Chart.Version is { } version ? $" -ChartVersion {version}" : "";

    static string Option(IamAuthProvider provider, string? value = null) => provider switch
    {
        IamAuthProvider.Aws => $"-RoleArn {value ?? "<arn>"}",
        IamAuthProvider.Gcp => $"-ServiceAccount {value ?? "<name>@<project>.iam.gserviceaccount.com"}",
        _ => $"-ClientId {value ?? "<guid>"}",
    };

    static WorkloadIdentity? Identity(IamAuthProvider provider, string value)
    {
        try
        {
            return provider switch
            {
                IamAuthProvider.Aws => WorkloadIdentity.Aws(value),
                IamAuthProvider.Gcp => WorkloadIdentity.Gcp(value),
                _ => WorkloadIdentity.Azure(value),
            };
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
