using System.Text;
using System.Text.RegularExpressions;
using LangSmithPg.Sql;

namespace LangSmithPg.Moves;

/// <summary>The list of what a dump contains, without what is not restored: what an ordinary role may not create, and what the target has already.</summary>
static partial class RestoreList
{
    static readonly string[] LeftOut =
    [
        "EXTENSION ", "COMMENT - EXTENSION ", "ACL ", "DEFAULT ACL ", "PUBLICATION ", "PUBLICATION TABLE ", "PUBLICATION TABLES IN SCHEMA ", "SUBSCRIPTION ", "SUBSCRIPTION TABLE ",
        "EVENT TRIGGER ", "COMMENT - EVENT TRIGGER ", "COMMENT - PUBLICATION ", "COMMENT - SUBSCRIPTION ",
    ];

    /// <summary>Leaves out what is not restored.</summary>
    /// <param name="list">The output of <c>pg_restore --list</c>.</param>
    /// <param name="sourceSchemas">The schemas of the source.</param>
    /// <param name="targetSchemas">The schemas that the target has already.</param>
    public static string Filter(string list, IReadOnlyCollection<string> sourceSchemas, IReadOnlyCollection<string> targetSchemas)
    {
        var kept = new StringBuilder();
        foreach (var line in list.ReplaceLineEndings("\n").Split('\n'))
        {
            if (Entry().Match(line) is not { Success: true } match || !IsLeftOut(match.Groups["what"].Value, sourceSchemas, targetSchemas))
            {
                kept.Append(line).Append('\n');
            }
        }

        return kept.ToString();
    }

    static bool IsLeftOut(string what, IReadOnlyCollection<string> sourceSchemas, IReadOnlyCollection<string> targetSchemas) =>
        LeftOut.Any(kind => what.StartsWith(kind, StringComparison.Ordinal))
        || (SchemaOf(what, sourceSchemas) is { } schema && targetSchemas.Contains(schema));

    // The owner follows the name after a blank, and both may hold blanks: the longest name that fits is the schema's.
    static string? SchemaOf(string what, IEnumerable<string> schemas)
    {
        var rest = what.StartsWith("SCHEMA - ", StringComparison.Ordinal) ? what["SCHEMA - ".Length..]
            : what.StartsWith("COMMENT - SCHEMA ", StringComparison.Ordinal) ? what["COMMENT - SCHEMA ".Length..]
            : null;
        return rest is null ? null : schemas
            .Where(name => $"{rest} ".StartsWith($"{OneLine(name)} ", StringComparison.Ordinal) || rest.StartsWith($"{OneLine(SqlIdentifier.Quote(name))} ", StringComparison.Ordinal))
            .MaxBy(name => name.Length);
    }

    // As pg_restore writes a name into its list.
    static string OneLine(string name) => name.Replace('\n', ' ').Replace('\r', ' ');

    [GeneratedRegex(@"^\d+; \d+ \d+ (?<what>.*)$")]
    private static partial Regex Entry();
}
