namespace LangSmithPg.Servers;

/// <summary>The locale of a new database in UTF-8.</summary>
static class Utf8Locale
{
    /// <summary>What <c>CREATE DATABASE</c> takes where a locale does not go with UTF-8: the server's own locale goes with its own encoding alone; C goes with all.</summary>
    public const string Clause = " LOCALE 'C'";

    /// <summary>What <c>CREATE DATABASE</c> takes besides <c>ENCODING 'UTF8'</c>, or the empty text.</summary>
    /// <param name="collation">The server's own collation.</param>
    public static string ClauseFor(string collation)
    {
        ArgumentNullException.ThrowIfNull(collation);
        return collation.Contains("UTF", StringComparison.OrdinalIgnoreCase) || collation is "C" or "POSIX" ? "" : Clause;
    }
}
