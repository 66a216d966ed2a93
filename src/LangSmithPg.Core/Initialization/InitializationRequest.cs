namespace LangSmithPg.Initialization;

/// <summary>The database and the role that LangSmith is to have.</summary>
/// <param name="Database">Name of the database.</param>
/// <param name="RoleName">Name of the role that owns it.</param>
/// <param name="Schema">The schema that LangSmith uses.</param>
sealed record InitializationRequest(string Database, string RoleName, string Schema)
{
    /// <summary>Whether a role that exists already gets the password too.</summary>
    public bool ReplacesPassword { get; init; }
}
