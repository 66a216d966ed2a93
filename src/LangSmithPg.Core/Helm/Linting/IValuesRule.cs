namespace LangSmithPg.Helm.Linting;

/// <summary>Something that values can get wrong.</summary>
interface IValuesRule
{
    /// <summary>Looks at the values.</summary>
    /// <param name="input">The values and the chart.</param>
    IEnumerable<ValuesFinding> Evaluate(LintInput input);
}
