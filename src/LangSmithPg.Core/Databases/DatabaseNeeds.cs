using LangSmithPg.Connections;
using LangSmithPg.Findings;

namespace LangSmithPg.Databases;

/// <summary>What each database of a release asks of its server. Sources: https://docs.langchain.com/langsmith/self-host-external-postgres and self-host-smithdb-infrastructure.</summary>
static class DatabaseNeeds
{
    /// <summary>The oldest major version of PostgreSQL that is supported; null where none is documented.</summary>
    /// <param name="purpose">What the database is for.</param>
    // The agents' is the one that the chart installs.
    public static int? MinimumMajorVersion(DatabasePurpose purpose) =>
        purpose switch { DatabasePurpose.SmithDbMetastore => 18, DatabasePurpose.SmithDbTaskDb => null, _ => Requirements.MinimumMajorVersion };

    /// <summary>The extensions that its migrations create.</summary>
    /// <param name="purpose">What the database is for.</param>
    public static IReadOnlyList<string> Extensions(DatabasePurpose purpose) => purpose switch
    {
        DatabasePurpose.LangSmith => Requirements.Extensions,
        // By LangChain's own Terraform modules.
        DatabasePurpose.Fleet => ["ltree"],
        _ => [],
    };

    /// <summary>Whether it needs a server without other databases, and must be empty at first.</summary>
    /// <param name="purpose">What the database is for.</param>
    public static bool IsDedicated(DatabasePurpose purpose) => purpose == DatabasePurpose.SmithDbMetastore;
}
