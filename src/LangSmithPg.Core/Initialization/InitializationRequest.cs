using LangSmithPg.Connections;
using LangSmithPg.Databases;

namespace LangSmithPg.Initialization;

/// <summary>A database and a role that LangSmith is to have.</summary>
/// <param name="Database">Name of the database.</param>
/// <param name="RoleName">Name of the role that owns it.</param>
/// <param name="Schema">The schema that LangSmith uses.</param>
sealed record InitializationRequest(string Database, string RoleName, string Schema)
{
    /// <summary>What LangSmith uses the database for.</summary>
    public DatabasePurpose Purpose { get; init; } = DatabasePurpose.LangSmith;

    /// <summary>The extensions that it needs.</summary>
    public IReadOnlyList<string> Extensions => DatabaseNeeds.Extensions(Purpose);

    /// <summary>Whether a role that exists already gets the password too.</summary>
    public bool ReplacesPassword { get; init; }
}
