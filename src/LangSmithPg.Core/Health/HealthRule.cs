using LangSmithPg.Common;
using LangSmithPg.Findings;

namespace LangSmithPg.Health;

/// <summary>A rule that needs a part of the facts, and is unknown without it.</summary>
/// <param name="id">The id of its finding.</param>
/// <param name="why">Why it matters to LangSmith.</param>
/// <param name="source">The page of PostgreSQL's documentation that explains it.</param>
/// <param name="part">The part.</param>
abstract class HealthRule<T>(string id, string why, string source, Func<HealthFacts, HealthPart<T>> part) : IHealthRule
    where T : class
{
    public Finding Evaluate(HealthInput input)
    {
        var (facts, error) = part(input.Facts);
        var finding = new Finding
        {
            Id = id,
            Status = FindingStatus.Unknown,
            Target = input.Connection.Target,
            Message = $"The server did not answer{(error is null ? "" : $": {error}")}.",
            Why = why,
            Source = new($"https://www.postgresql.org/docs/current/{source}"),
        };
        return facts is null ? finding : Evaluate(input, facts, finding);
    }

    /// <summary>Evaluates.</summary>
    /// <param name="input">What is known.</param>
    /// <param name="facts">The part.</param>
    /// <param name="finding">The finding, without its status and message.</param>
    protected abstract Finding Evaluate(HealthInput input, T facts, Finding finding);

    /// <summary>All is well.</summary>
    protected static Finding Pass(Finding finding, string message) => finding with { Status = FindingStatus.Pass, Message = message };

    /// <summary>The server does not show what other roles' sessions do. One GRANT answers every such question: see <see cref="Rules.VisibilityRule"/>.</summary>
    protected static Finding Hidden(Finding finding, string message) => finding with { Message = message, CausedBy = Rules.VisibilityRule.Id };
}
