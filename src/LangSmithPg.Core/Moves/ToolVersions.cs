using System.Globalization;
using System.Text.RegularExpressions;

namespace LangSmithPg.Moves;

/// <summary>Which versions of pg_dump and pg_restore fit which servers. Source: PostgreSQL documentation, pg_dump, "Notes".</summary>
static partial class ToolVersions
{
    // From this version on, pg_restore sets transaction_timeout, which older servers do not have.
    const int SetsTransactionTimeout = 17;

    /// <summary>The version that a tool says, such as <c>15.18</c>; or null.</summary>
    /// <param name="text">The answer to <c>--version</c>.</param>
    public static string? Read(string text) => Version().Match(text) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>The major version.</summary>
    /// <param name="version">The version, such as <c>15.18</c> or <c>18beta1</c>.</param>
    public static int Major(string version) => int.Parse(Leading().Match(version).Value, CultureInfo.InvariantCulture);

    /// <summary>Why tools do not fit, as the rest of a sentence; or null.</summary>
    /// <param name="major">Major version of the tools.</param>
    /// <param name="source">Major version of the source.</param>
    /// <param name="target">Major version of the target.</param>
    public static string? WhyNot(int major, int source, int target) =>
        major < source ? string.Create(CultureInfo.InvariantCulture, $"pg_dump {major} cannot dump PostgreSQL {source}")
        : major >= SetsTransactionTimeout && target < SetsTransactionTimeout
            ? string.Create(CultureInfo.InvariantCulture, $"pg_restore {major} sets transaction_timeout, which PostgreSQL {target} does not have")
        : null;

    /// <summary>What to install.</summary>
    /// <param name="source">Major version of the source.</param>
    /// <param name="target">Major version of the target.</param>
    public static string Needed(int source, int target) => source == target || target < source
        ? string.Create(CultureInfo.InvariantCulture, $"the client tools of PostgreSQL {source}")
        : string.Create(CultureInfo.InvariantCulture, $"the client tools of PostgreSQL {source} to {target}");

    [GeneratedRegex(@"\(PostgreSQL\) (\d+(?:\.\d+)*\w*)")]
    private static partial Regex Version();

    [GeneratedRegex(@"^\d+")]
    private static partial Regex Leading();
}
