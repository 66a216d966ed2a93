using LangSmithPg.Common;

namespace LangSmithPg.Helm.Linting.Rules;

/// <summary>A version of the chart that is not in the catalog: the findings are for another version.</summary>
sealed class UnknownVersionRule : IValuesRule
{
    public IEnumerable<ValuesFinding> Evaluate(LintInput input)
    {
        if (input.Chart is { Version: { } version, TakenFor: { } known })
        {
            var file = input.Files[^1];
            yield return new()
            {
                Id = "Values.UnknownVersion",
                Status = FindingStatus.Unknown,
                Path = file.Path,
                Line = 1,
                Column = 1,
                Key = "",
                Message = $"Chart {version} is not known: the values were validated against chart {known}.",
                Why = "Its keys, pods and checks may be different.",
                Fix = Remedy.Shell($"helm pull langsmith --repo https://langchain-ai.github.io/helm --version {version}\n"
                    + $"Test-LangSmithHelmValues {string.Join(", ", input.Files.Select(one => CommandArgument.ForPowerShell(one.Path)))} -Chart langsmith-{version}.tgz"),
            };
        }
    }
}
