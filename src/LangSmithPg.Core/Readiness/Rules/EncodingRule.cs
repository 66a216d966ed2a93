using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Servers;
using LangSmithPg.Sql;

namespace LangSmithPg.Readiness.Rules;

/// <summary>Whether the database can hold every character.</summary>
sealed class EncodingRule : IReadinessRule
{
    public IEnumerable<Finding> Evaluate(ReadinessInput input)
    {
        var database = input.Facts.Database;
        var right = database.Encoding == "UTF8";
        yield return input.Finding("Database.Encoding", right ? FindingStatus.Pass : FindingStatus.Fail,
            right ? "The database is encoded in UTF-8." : $"The database is encoded in {database.Encoding}, not in UTF-8.") with
        {
            Why = "Traces and prompts can be in any language; other encodings reject or corrupt them.",
            Fix = right
                ? null
                : Remedy.Sql("-- An encoding cannot be changed; create a new database:\n"
                    + $"CREATE DATABASE {SqlIdentifier.Quote(database.Name + "_utf8")} OWNER {SqlIdentifier.Quote(input.Facts.Role.Name)} ENCODING 'UTF8'{Utf8Locale.ClauseFor(database.Collation)} TEMPLATE template0;"),
        };
    }
}
