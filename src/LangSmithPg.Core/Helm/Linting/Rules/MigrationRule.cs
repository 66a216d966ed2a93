using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Iam;

namespace LangSmithPg.Helm.Linting.Rules;

/// <summary>Migrations that run before an upgrade changes anything else: with the old Secret, and under the old identity.</summary>
sealed class MigrationRule : IValuesRule
{
    public IEnumerable<ValuesFinding> Evaluate(LintInput input)
    {
        var database = new DatabaseValues(input, External.Root);
        if (!database.IsExternal || input.Chart.Workloads.FirstOrDefault(one => one.Name == "backend.migrations")?.Hook?.Contains("pre-upgrade", StringComparison.Ordinal) is not true)
        {
            yield break;
        }

        if (database.IsInValues)
        {
            yield return input.Finding(
                "Values.Migrations", FindingStatus.Warning, database.Place, "During an upgrade, the migrations would still run on the database of the old connection.") with
            {
                Why = "They run before the upgrade, and the chart changes its Secret after them.",
                Fix = "Create the Secret beforehand (New-LangSmithPgSecret | ConvertTo-LangSmithYaml | kubectl apply -f -) and name it in existingSecretName.",
            };
        }

        // What the chart does not make is annotated by somebody else, whenever that may be.
        var account = AccountNames.Resolve(input.Chart.Workloads.First(one => one.Name == "backend.migrations").ServiceAccount, input.Chart, input.Values);
        if (input.IamProvider is { } provider && LintChart.Makes(account, input.Values))
        {
            var name = AccountNames.Find(account, input.Values);
            var suffix = AccountNames.Suffix(account, input.Values) ?? "backend";
            yield return input.Finding(
                "Values.MigrationIdentity", FindingStatus.Unknown, IamValues.Provider, "During an upgrade that changes the identity, the migrations still run under the old one.") with
            {
                Why = "They run before the upgrade, and the chart annotates its service accounts after them. A first installation is not affected.",
                Fix = $"Annotate the backend's service account beforehand: kubectl annotate serviceaccount {CommandArgument.ForAnyShell(name ?? $"langsmith-{suffix}", "<name>")} "
                    + $"{Annotation(provider)}=<identity> --overwrite"
                    + (name is null ? $" (for a release whose name does not contain \"langsmith\", such as prod: prod-langsmith-{VisibleText.Line(suffix)})." : "."),
            };
        }
    }

    static string Annotation(string provider) =>
        Enum.TryParse<IamAuthProvider>(provider, ignoreCase: true, out var known) ? WorkloadIdentity.KeysOf(known).Annotation : "<annotation>";
}
