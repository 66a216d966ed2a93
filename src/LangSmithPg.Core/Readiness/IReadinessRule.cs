using LangSmithPg.Findings;

namespace LangSmithPg.Readiness;

/// <summary>A question that is put to every database. Pure: it looks at nothing but its input.</summary>
interface IReadinessRule
{
    /// <summary>Judges.</summary>
    /// <param name="input">What is known.</param>
    /// <returns>One finding or several, each with its own id.</returns>
    IEnumerable<Finding> Evaluate(ReadinessInput input);
}
