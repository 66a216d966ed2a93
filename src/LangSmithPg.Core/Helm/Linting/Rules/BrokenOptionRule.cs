using LangSmithPg.Common;

namespace LangSmithPg.Helm.Linting.Rules;

/// <summary>Values with which Helm fails, through no fault of theirs.</summary>
sealed class BrokenOptionRule : IValuesRule
{
    public IEnumerable<ValuesFinding> Evaluate(LintInput input)
    {
        foreach (var parts in input.Chart.Release.BrokenOptions.Select(option => option.Split('=')))
        {
            var path = ValuesPath.Of(parts[0]);
            if (input.Text(path) == parts[1])
            {
                yield return input.Finding("Values.BrokenOption", FindingStatus.Fail, path, $"Helm fails with {path}: {parts[1]} in chart {input.Chart.Version}.") with
                {
                    Why = "This is a bug in the chart's templates.",
                    Fix = "Use another version of the chart, or remove the value.",
                };
            }
        }

        foreach (var account in input.Chart.Workloads.Select(one => one.ServiceAccount).Where(one => one is { CreatedByDefault: false, Create: not null, Labels: not null }).Distinct())
        {
            if (input.IsTrue(account.Create!) && input.Values.Find(account.Labels!) is null)
            {
                yield return input.Finding("Values.BrokenOption", FindingStatus.Fail, account.Create!, $"Helm fails with {account.Create}: true, unless {account.Labels} is set.") with
                {
                    Why = "The chart's template for the service account reads labels from a map that is not in the chart's values.",
                    Fix = $"Set {account.Labels}.",
                    Repair = HelmValues.Empty.With(account.Labels!.Child("app.kubernetes.io/part-of"), "langsmith"),
                };
            }
        }
    }
}
