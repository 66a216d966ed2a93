
namespace LangSmithPg.Servers;

/// <summary>A connection pooler that was found between here and the server.</summary>
/// <param name="StartupRefusal">
/// What it says to the startup parameters that LangSmith sends (<c>search_path</c>, <c>lock_timeout</c>), or null when it takes them.
/// </param>
/// <param name="SharesBackends">
/// Whether a second session was given the backend of the first while that was open: transaction or statement pooling.
/// Null when it could not be tried.
/// </param>
/// <param name="SearchPath">
/// Schemas that a session searches which was opened with LangSmith's <c>search_path</c>: others than it asked for where the pooler drops the
/// parameter. Null where it could not be tried.
/// </param>
sealed record PoolerFacts(StartupRefusal? StartupRefusal, bool? SharesBackends, IReadOnlyList<string>? SearchPath = null);

/// <summary>The answer of a pooler that does not take a startup parameter.</summary>
/// <param name="SqlState">The five-character error code.</param>
/// <param name="Message">The pooler's message.</param>
sealed record StartupRefusal(string SqlState, string Message);
