namespace LangSmithPg.Helm.Linting;

/// <summary>A rule for values.</summary>
interface IValuesRule
{
    /// <summary>Evaluates the values.</summary>
    /// <param name="input">The values and the chart.</param>
    IEnumerable<ValuesFinding> Evaluate(LintInput input);
}
