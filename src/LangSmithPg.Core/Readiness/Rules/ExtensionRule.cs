using LangSmithPg.Extensions;
using LangSmithPg.Findings;

namespace LangSmithPg.Readiness.Rules;

/// <summary>Whether the extensions that LangSmith needs are there or can be had.</summary>
sealed class ExtensionRule : IReadinessRule
{
    public IEnumerable<Finding> Evaluate(ReadinessInput input) => ExtensionEvaluator.Evaluate(input).Select(verdict => new Finding
    {
        Id = $"Extension.{verdict.Name}",
        Status = verdict.Status,
        Target = verdict.Target,
        Message = verdict.Message,
        Why = $"{input.Requirements.Product}'s migrations create and use the extension.",
        Fix = verdict.Fix,
        Source = input.Requirements.Documentation,
    });
}
