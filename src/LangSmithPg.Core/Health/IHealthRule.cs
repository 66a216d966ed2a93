using LangSmithPg.Findings;

namespace LangSmithPg.Health;

/// <summary>A question that is put to a running server. Pure: it looks at nothing but its input.</summary>
interface IHealthRule
{
    /// <summary>Evaluates.</summary>
    /// <param name="input">What is known.</param>
    Finding Evaluate(HealthInput input);
}
