using LangSmithPg.Servers;

namespace LangSmithPg.Initialization;

/// <summary>What an administrator sees of the role and the database in one session.</summary>
/// <param name="Server">What the server says of itself, of the administrator and of the database that is looked from.</param>
/// <param name="Facts">What it says of the role and the database.</param>
sealed record InitializationLook(ServerFacts Server, InitializationFacts Facts);
