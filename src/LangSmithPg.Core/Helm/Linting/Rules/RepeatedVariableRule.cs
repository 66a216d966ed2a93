using LangSmithPg.Charts;
using LangSmithPg.Common;

namespace LangSmithPg.Helm.Linting.Rules;

/// <summary>
/// Environment variables that a template of the chart sets itself: given once more, Helm fails. Where the chart does not check them, the manifest
/// has them twice. Source for that: https://github.com/helm/helm/issues/31529
/// </summary>
sealed class RepeatedVariableRule : IValuesRule
{
    const string Id = "Values.RepeatedVariable";
    const string Common = ChartVariable.Common;

    static readonly ValuesPath CommonEnv = new(Common);

    public IEnumerable<ValuesFinding> Evaluate(LintInput input)
    {
        var connection = Connection(input).ToHashSet(StringComparer.Ordinal);
        var workloads = input.Chart.Workloads.Where(one => one.Template is not null && input.Chart.IsOn(one, input.Values) is true).ToList();
        var common = Given(input, CommonEnv).Select(one => one.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (file, value) in input.Values.All)
        {
            var keys = value.Path.Keys;
            if (keys.Count < 3 || keys[^1] != "name" || keys[^3] is not (Common or "extraEnv"))
            {
                continue;
            }

            if (connection.Contains(value.Text))
            {
                yield return Refused(file, value, "Remove it, and use the values below postgres.external.");
                continue;
            }

            var list = new ValuesPath([.. keys.SkipLast(2)]);
            var reached = list.Equals(CommonEnv)
                ? workloads.Where(one => input.Chart.Variables.Any(variable => variable.Template == one.Template && variable.Name == Common)).ToList()
                : workloads.Where(one => one.PodValues.Child("extraEnv").Equals(list)).ToList();
            var set = reached.Select(one => (Workload: one, Variable: Find(input, one, value.Text))).Where(one => one.Variable is not null).ToList();
            if (set.Find(one => one.Variable!.IsChecked) is { Variable: { } variable, Workload: var workload })
            {
                yield return Refused(file, value, Fix(variable, list.Equals(CommonEnv) ? workload : null));
            }
            else if (set is [{ Variable: { } other }, ..])
            {
                yield return LintInput.At(Id, FindingStatus.Warning, file, value, $"The chart sets {value.Text} itself.") with
                {
                    Why = "The container then has it twice. Kubernetes uses the last one, but a server-side apply, as of Helm 4, fails.",
                    Fix = Fix(other, workload: null),
                };
            }
            else if (list.Keys[^1] == "extraEnv" && common.Contains(value.Text) && reached.Find(one => IsChecked(input, one)) is { } both)
            {
                yield return LintInput.At(Id, FindingStatus.Fail, file, value, $"{value.Text} is already in commonEnv, which {both.Name} gets, too.") with
                {
                    Why = "Helm fails: \"Duplicate keys detected\".",
                    Fix = "Remove one of them.",
                };
            }
        }
    }

    static ValuesFinding Refused(ValuesFile file, ValuesNode value, string fix) =>
        LintInput.At(Id, FindingStatus.Fail, file, value, $"The chart sets {value.Text} itself.") with { Why = "Helm fails: \"Duplicate keys detected\".", Fix = fix };

    static string Fix(ChartVariable variable, ChartComponent? workload) =>
        (variable, workload) switch
        {
            ({ Path: { } path }, _) => $"Remove it, and set {path}.",
            (_, { } set) => $"Move it to the extraEnv of the components that need it: the chart sets it in {set.Name}.",
            ({ Constant: { } constant }, _) => $"Remove it: the chart sets it to {constant}, and has no value for it.",
            _ => "Remove it.",
        };

    static ChartVariable? Find(LintInput input, ChartComponent workload, string name) => input.Chart.Variables.FirstOrDefault(
        one => one.Template == workload.Template && one.Name == name && name != Common && input.Chart.Holds(one.When, input.Values) is true);

    static bool IsChecked(LintInput input, ChartComponent workload) =>
        input.Chart.Variables.Any(one => one.Template == workload.Template && one is { Name: Common, IsChecked: true });

    /// <summary>The variables of a list in the values.</summary>
    internal static IEnumerable<(string Name, string? Value)> Given(LintInput input, ValuesPath list) =>
        from one in input.Values.All
        let keys = one.Value.Path.Keys
        where keys.Count == list.Keys.Count + 2 && keys[^1] == "name" && new ValuesPath([.. keys.SkipLast(2)]).Equals(list)
        select (one.Value.Text, input.Text(one.Value.Path.Parent!.Child("value")));

    static IEnumerable<string> Connection(LintInput input)
    {
        yield return "POSTGRES_DATABASE_URI";
        if (input.IsTrue(External.Enabled))
        {
            yield return "POSTGRES_SCHEMA";
            yield return "POSTGRES_TLS";
        }

        if (input.HasClientCertificate)
        {
            yield return "POSTGRES_TLS_CLIENT_CERT_PATH";
            yield return "POSTGRES_TLS_CLIENT_KEY_PATH";
        }

        if (input.IamProvider is not null)
        {
            yield return "POSTGRES_IAM_AUTH_PROVIDER";
        }

        if (input.Text(External.CustomCaName) is not null)
        {
            yield return "SSL_CERT_FILE";
        }
    }
}
