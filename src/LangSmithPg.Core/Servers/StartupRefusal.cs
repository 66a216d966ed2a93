
namespace LangSmithPg.Servers;

/// <summary>The answer of a pooler that does not take a startup parameter.</summary>
/// <param name="SqlState">The five-character error code.</param>
/// <param name="Message">The pooler's message.</param>
sealed record StartupRefusal(string SqlState, string Message);
