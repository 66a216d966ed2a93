using LangSmithPg.Iam.Roles;
using LangSmithPg.Servers;

namespace LangSmithPg.Initialization;

/// <summary>What an administrator sees of the role and the database in one session.</summary>
/// <param name="Server">What the server says of itself, of the administrator and of the database that is looked from.</param>
/// <param name="Facts">What it says of the role and the database.</param>
sealed record InitializationLook(ServerFacts Server, InitializationFacts Facts)
{
    /// <summary>What the server says of the role of a cloud's identity; null where none is asked for.</summary>
    public IamRoleFacts? Identity { get; init; }

    /// <summary>For Azure, the functions that make roles.</summary>
    public IReadOnlyList<EntraFunction> Functions { get; init; } = [];
}
