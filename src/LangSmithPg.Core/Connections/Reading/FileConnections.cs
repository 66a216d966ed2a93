using LangSmithPg.Common;
using LangSmithPg.EnvFiles;

namespace LangSmithPg.Connections.Reading;

/// <summary>Finds the connections in files that are no documents of maps and lists: <c>.env</c>, libpq's service file and password file.</summary>
static class FileConnections
{
    /// <summary>Finds those of a <c>.env</c> file: in variables that hold one by their name, or a URL of PostgreSQL.</summary>
    /// <param name="text">Its text.</param>
    /// <exception cref="EnvFileException">A quote is not closed.</exception>
    public static IEnumerable<FoundConnection> FromEnv(string text) =>
        from statement in new EnvReader(text).Read()
        where statement is { IsAssigned: true, Value.Length: > 0 }
        let value = text.Substring(statement.Value.Start, statement.Value.Length)
        where ConnectionNames.Variables.Contains(statement.Name) || ConnectionNames.IsUrl(value)
        select new FoundConnection($"{statement.Name} (line {statement.Line})") { Text = value };

    /// <summary>Finds those of a connection service file. Source: PostgreSQL documentation, "The Connection Service File".</summary>
    /// <param name="text">Its text.</param>
    public static IEnumerable<FoundConnection> FromServices(string text)
    {
        string? service = null;
        Dictionary<string, string> settings = [];
        foreach (var line in text.Split('\n').Select(line => line.Trim()).Append("[]"))
        {
            if (line is ['[', .., ']'])
            {
                if (service is not null && settings.Count > 0)
                {
                    yield return new($"service {service}") { Text = string.Join(' ', settings.Select(one => $"{one.Key}='{one.Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'")) };
                }

                (service, settings) = (line[1..^1], []);
            }
            else if (!line.StartsWith('#') && line.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
            {
                settings[line[..equals].TrimEnd()] = line[(equals + 1)..];
            }
        }
    }

    /// <summary>
    /// Finds those of a password file that name a host, a database and a user; others are only passwords.
    /// Source: PostgreSQL documentation, "The Password File".
    /// </summary>
    /// <param name="text">Its text.</param>
    public static IEnumerable<FoundConnection> FromPasswords(string text)
    {
        var lines = text.Split('\n');
        for (var number = 1; number <= lines.Length; number++)
        {
            var fields = Fields(lines[number - 1].TrimEnd('\r'));
            if (fields is [var host, var port, var database, var user, var password] && !host.StartsWith('#') && host.Length > 0 && host != "*" && database != "*" && user != "*")
            {
                yield return new($"line {number}")
                {
                    Parts = new() { HostName = host, Port = int.TryParse(port, out var own) ? own : null, Database = database, UserName = user, Password = Secret.From(password) },
                };
            }
        }
    }

    // A backslash before a colon or another backslash takes it as it is. The password may hold colons.
    static List<string> Fields(string line)
    {
        List<string> fields = [""];
        for (var at = 0; at < line.Length; at++)
        {
            if (line[at] == '\\' && at + 1 < line.Length && line[at + 1] is ':' or '\\')
            {
                fields[^1] += line[++at];
            }
            else if (line[at] == ':' && fields.Count < 5)
            {
                fields.Add("");
            }
            else
            {
                fields[^1] += line[at];
            }
        }

        return fields;
    }
}
