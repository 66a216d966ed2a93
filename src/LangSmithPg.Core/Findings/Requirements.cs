namespace LangSmithPg.Findings;

/// <summary>What LangSmith asks of a PostgreSQL server.</summary>
static class Requirements
{
    /// <summary>The documentation that these requirements come from.</summary>
    public static readonly Uri Documentation = new("https://docs.langchain.com/langsmith/self-host-external-postgres");

    /// <summary>The oldest major version that LangSmith supports.</summary>
    public const int MinimumMajorVersion = 14;

    /// <summary>The extensions that LangSmith's migrations create and use.</summary>
    public static readonly IReadOnlyList<string> Extensions = ["btree_gin", "btree_gist", "citext", "ltree", "pg_trgm", "pgcrypto"];
}
