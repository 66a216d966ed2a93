using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Sql;

namespace LangSmithPg.Readiness.Rules;

/// <summary>Whether a limit of temporary files gets in the way of sorting and of indexes.</summary>
sealed class TemporaryFilesRule : IReadinessRule
{
    const long Kibibyte = 1024;
    const long Small = 1L << 30;

    public IEnumerable<Finding> Evaluate(ReadinessInput input) => [TemporaryFiles(input)];

    static Finding TemporaryFiles(ReadinessInput input)
    {
        var limit = long.TryParse(input.Facts.Setting("temp_file_limit"), CultureInfo.InvariantCulture, out var kibibytes) ? kibibytes * Kibibyte : -1;
        var isSmall = limit is >= 0 and < Small;
        return input.Finding("Session.TemporaryFiles", isSmall ? FindingStatus.Warning : FindingStatus.Pass,
            isSmall ? $"A session may write {limit / (1 << 20)} MB of temporary files (temp_file_limit), and creating an index on a large table needs more." : "The limit for temporary files does not interfere with LangSmith.") with
        {
            Why = "Sorting and index creation use temporary files.",
            Fix = isSmall ? Remedy.Sql($"ALTER ROLE {SqlIdentifier.Quote(input.Facts.Role.SessionUser)} IN DATABASE {SqlIdentifier.Quote(input.Facts.Database.Name)} SET temp_file_limit = -1; -- as a superuser") : null,
        };
    }
}
