using System.Text;
using LangSmithPg.Sql;

namespace LangSmithPg.Moves;

/// <summary>Settings whose value is a list of names: one literal with the whole list would be one name.</summary>
static class SettingLists
{
    static readonly string[] Names =
    [
        "search_path", "temp_tablespaces", "session_preload_libraries", "local_preload_libraries", "shared_preload_libraries", "unix_socket_directories", "datestyle",
    ];

    /// <summary>Whether a setting is such a list.</summary>
    /// <param name="name">Name of the setting, in lower case.</param>
    public static bool Has(string name) => Names.Contains(name);

    /// <summary>The elements of a list as SQL takes them.</summary>
    /// <param name="value">The list, in which names may be in double quotes.</param>
    public static string Values(string value)
    {
        List<string> elements = [];
        var element = new StringBuilder();
        var isQuoted = false;
        for (var index = 0; index < value.Length; index++)
        {
            var character = value[index];
            if (character == '"' && isQuoted && index + 1 < value.Length && value[index + 1] == '"')
            {
                element.Append('"');
                index++;
            }
            else if (character == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (character == ',' && !isQuoted)
            {
                elements.Add(element.ToString());
                element.Clear();
            }
            else if (isQuoted || !char.IsWhiteSpace(character))
            {
                element.Append(character);
            }
        }

        elements.Add(element.ToString());
        return string.Join(", ", elements.Select(SqlLiteral.Quote));
    }
}
