using LangSmithPg.Findings;

namespace LangSmithPg.Moves;

/// <summary>A question that is put to both sides of a move. Pure: it looks at nothing but its input.</summary>
interface IMoveRule
{
    /// <summary>Evaluates.</summary>
    /// <param name="input">What is known.</param>
    /// <returns>One finding or several, each with its own id.</returns>
    IEnumerable<Finding> Evaluate(MoveInput input);
}
