using LangSmithPg.Common;

namespace LangSmithPg.Helm.Linting.Rules;

/// <summary>Parts of a connection that another tool fills in before Helm reads them: nothing can be said of them.</summary>
sealed class PlaceholderRule : IValuesRule
{
    public IEnumerable<ValuesFinding> Evaluate(LintInput input)
    {
        foreach (var root in input.AgentDatabases.Select(one => one.Root).Prepend(External.Root))
        {
            var values = input.Values.All.Where(one => root.IsAncestorOf(one.Value.Path) && Placeholder.IsIn(one.Value.Text))
                .OrderBy(one => one.Value.Line).ThenBy(one => one.Value.Column).ToList();
            if (values.Count > 0)
            {
                yield return LintInput.At(
                    "Values.Placeholder", FindingStatus.Unknown, values[0].File, values[0].Value,
                    $"{root} contains placeholders that another tool fills in: {string.Join(", ", values.Select(one => one.Value.Path.Keys[^1]))} cannot be evaluated.") with
                {
                    Why = "The file does not contain the values that the pods get.",
                    Fix = "Test the values as Helm receives them, with the placeholders filled in.",
                };
            }
        }
    }
}
