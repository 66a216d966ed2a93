using LangSmithPg.EnvFiles;

namespace LangSmithPg.Connections.Reading;

/// <summary>By what a connection string is recognized among other values.</summary>
static class ConnectionNames
{
    /// <summary>The variables that hold one: LangSmith's own, and those that others use.</summary>
    public static IReadOnlyList<string> Variables { get; } = [EnvFile.ConnectionVariable, "POSTGRES_URI", "DATABASE_URI", "DATABASE_URL"];

    /// <summary>Whether a value is a URL of PostgreSQL.</summary>
    /// <param name="value">The value.</param>
    public static bool IsUrl(string value) =>
        value.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || value.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);
}
