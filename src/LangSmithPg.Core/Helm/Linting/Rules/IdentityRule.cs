using LangSmithPg.Charts;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Iam;

namespace LangSmithPg.Helm.Linting.Rules;

/// <summary>Whether every pod that reaches PostgreSQL acts under the cloud's identity: its account's annotation and, for Azure, its label.</summary>
sealed class IdentityRule : IValuesRule
{
    static readonly ValuesPath CommonAnnotations = new("commonAnnotations");
    static readonly ValuesPath CommonLabels = new("commonLabels");

    public IEnumerable<ValuesFinding> Evaluate(LintInput input)
    {
        if (!Enum.TryParse<IamAuthProvider>(input.IamProvider, ignoreCase: true, out var provider))
        {
            yield break;
        }

        var components = input.Components.ToList();
        var keys = WorkloadIdentity.KeysOf(provider);
        var given = components.Select(one => one.ServiceAccount.Annotations).Append(CommonAnnotations).OfType<ValuesPath>()
            .Select(path => input.Text(path.Child(keys.Annotation))).OfType<string>().Distinct().ToList();
        // With EKS Pod Identity no account is annotated, and all is well.
        var isPodIdentity = provider == IamAuthProvider.Aws && given.Count == 0;
        var outside = UnmanagedServiceAccount.Find(input.Chart, input.Values, components);
        foreach (var account in outside)
        {
            yield return Outside(input, account, keys.Annotation, given, isPodIdentity, provider);
        }

        foreach (var finding in Names(input, components, provider, keys.Annotation))
        {
            yield return finding;
        }

        var made = components.Except(outside.SelectMany(one => one.Components));
        var withoutAccount = made.Where(one => Value(input, AccountNames.Resolve(one.ServiceAccount, input.Chart, input.Values).Annotations, CommonAnnotations, keys.Annotation) is null).ToList();
        var withoutLabel = keys.Label is not { } label ? [] : components.Where(one => !IsOn(Value(input, one.Labels, CommonLabels, label))).ToList();
        var missing = withoutAccount.Union(withoutLabel).ToList();
        if (missing.Count > 0)
        {
            yield return Missing(input, missing, withoutAccount, withoutLabel, given, isPodIdentity, provider);
        }
    }

    static ValuesFinding Missing(
        LintInput input, List<ChartComponent> missing, List<ChartComponent> withoutAccount, List<ChartComponent> withoutLabel, List<string> given, bool isPodIdentity,
        IamAuthProvider provider)
    {
        var (annotation, label) = WorkloadIdentity.KeysOf(provider);
        var identity = given is [var only] ? Identity(provider, only) : null;
        // A connected component of an account that the chart makes without values is reached by commonAnnotations alone.
        var repairable = identity is not null && withoutAccount.TrueForAll(one => one.ServiceAccount.Annotations is not null);
        var finding = input.Finding(
            "Values.IamIdentity", isPodIdentity ? FindingStatus.Warning : FindingStatus.Fail, IamValues.Provider, Message(withoutAccount, withoutLabel, annotation, label));
        return finding with
        {
            Why = isPodIdentity
                ? "Their pods get no cloud token, unless EKS Pod Identity provides it."
                : "Their pods get no cloud token, and cannot log in.",
            Fix = Remedy.Shell($"Set-LangSmithIamAnnotations {Option(provider, identity is null ? null : CommandArgument.ForPowerShell(given[0]))}{Version(input)} -Path {CommandArgument.ForPowerShell(finding.Path)}"),
            Repair = repairable ? IamValues.ForComponents(HelmValues.Empty, identity!, missing) : null,
        };
    }

    // An account that the chart does not make: its annotations do not come from the values.
    static ValuesFinding Outside(LintInput input, UnmanagedServiceAccount account, string annotation, List<string> given, bool isPodIdentity, IamAuthProvider provider)
    {
        var value = given is [var only] && Identity(provider, only) is { } identity ? (Text: only, Identity: identity) : default;
        var finding = input.AtMissing(
            "Values.IamAccount", account.Name is not null ? FindingStatus.Unknown : isPodIdentity ? FindingStatus.Warning : FindingStatus.Fail,
            account.Account.Create!, account.Message);
        return account.Name is not null
            ? finding with
            {
                Why = "The values do not show whether the account has the cloud identity.",
                Fix = Remedy.Shell(account.Annotate([KeyValuePair.Create<string, string?>(annotation, value.Text)])),
            }
            : finding with
            {
                Why = isPodIdentity
                    ? "Their pods get no cloud token, unless EKS Pod Identity provides it for the default account."
                    : "Their pods get no cloud token, and cannot log in.",
                Fix = $"Set {account.Account.Create} to true, or {account.Account.Name} to the name of an account that has the identity.",
                // Where the values say so themselves, somebody decided it.
                Repair = value.Identity is not null && account.Account is { CreatedByDefault: false, Labels: not null } && input.Values.Find(account.Account.Create!) is null
                    ? IamValues.ForComponents(HelmValues.Empty, value.Identity, account.Components)
                    : null,
            };
    }

    // Annotations that name nothing of the cloud's.
    static IEnumerable<ValuesFinding> Names(LintInput input, List<ChartComponent> components, IamAuthProvider provider, string annotation)
    {
        foreach (var path in components.Select(one => one.ServiceAccount.Annotations).Append(CommonAnnotations).OfType<ValuesPath>().Distinct().Select(path => path.Child(annotation)))
        {
            if (input.Text(path) is { } text && !Placeholder.IsIn(text) && Identity(provider, text) is null)
            {
                var finding = input.Finding("Values.IamName", FindingStatus.Fail, path, $"{path} is not a valid {What(provider)}.");
                yield return finding with
                {
                    Why = "The cloud has no identity with this name, and the pods get no token.",
                    Fix = Remedy.Shell($"Set-LangSmithIamAnnotations {Option(provider)}{Version(input)} -Force -Path {CommandArgument.ForPowerShell(finding.Path)}"),
                };
            }
        }
    }

    static string What(IamAuthProvider provider) => provider switch
    {
        IamAuthProvider.Aws => "role ARN",
        IamAuthProvider.Gcp => "service account e-mail address",
        _ => "client ID (a GUID)",
    };

    // An entry of its own wins over the common one, unless it is empty.
    static string? Value(LintInput input, ValuesPath? own, ValuesPath common, string key) =>
        (own is null ? null : input.Text(own.Child(key))) ?? input.Text(common.Child(key));

    // The webhook looks for this very text.
    static bool IsOn(string? label) => label is "true" || (label is not null && Placeholder.IsIn(label));

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
        var pods = withoutLabel.Count == 0 ? null : $"the pods of {Names(withoutLabel)} have no label {label}: \"true\"";
        var text = string.Join("; ", new[] { accounts, pods }.OfType<string>());
        return $"{char.ToUpperInvariant(text[0])}{text[1..]}.";
    }

    static string Names(IEnumerable<ChartComponent> components) => string.Join(", ", components.Select(one => one.Name));

    static string Version(LintInput input) => input.Chart switch
    {
        { Path: { } path } => $" -Chart {CommandArgument.ForPowerShell(path)}",
        { Version: { } version } => $" -ChartVersion {version}",
        _ => "",
    };

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
