using LangSmithPg.Common;

namespace LangSmithPg.EnvFiles;

/// <summary>Sets a variable in the text of a <c>.env</c> file and keeps everything else as it is.</summary>
static class EnvFile
{
    /// <summary>The variable in which LangSmith's Docker Compose file looks for the connection.</summary>
    public const string ConnectionVariable = "POSTGRES_DATABASE_URI";

    // Whatever no reader of such files takes for anything but itself, with quotes around it or without.
    const string PlainCharacters = "-._~%:@/?&=+,;[]";

    /// <summary>Sets a variable: where it is set already, or at the end. A variable that is set several times gets the value everywhere.</summary>
    /// <param name="text">Text of the file.</param>
    /// <param name="name">Name of the variable: ASCII letters, digits, and the characters <c>_.-</c>.</param>
    /// <param name="value">Its value: letters, digits and the characters of a percent-encoded URL.</param>
    /// <exception cref="ArgumentException">The name is none, or the value holds a character that readers of such files take for syntax.</exception>
    /// <exception cref="EnvFileException">A quote in the file is not closed.</exception>
    public static EnvFileEdit Set(string text, string name, string value)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(value);
        if (!name.All(EnvReader.IsNamePart))
        {
            throw new ArgumentException("The name contains a character that is not valid in a .env file.", nameof(name));
        }

        if (value.Any(character => !char.IsAsciiLetterOrDigit(character) && !PlainCharacters.Contains(character, StringComparison.Ordinal)))
        {
            throw new ArgumentException("The value contains a character that has a special meaning in a .env file: percent-encode it.", nameof(value));
        }

        var statements = new EnvReader(text).Read().Where(statement => statement.Name == name).ToList();
        var stale = statements.Where(statement => !statement.IsAssigned || !IsAt(text, statement.Value, value)).ToList();
        return statements.Count == 0
            ? new(Append(text, name, value), [LineCount(text) + 1], WasSet: false)
            : new(Replace(text, stale, value), [.. stale.Select(statement => statement.Line)], WasSet: true);
    }

    static string Replace(string text, IEnumerable<EnvStatement> stale, string value)
    {
        // From the end, so that the places that are left keep their offsets.
        foreach (var statement in stale.Reverse())
        {
            var written = (statement.IsAssigned, statement.Quote) switch
            {
                (false, _) => $"=\"{value}\"",
                (true, null) when statement.Value.Length == 0 => $"\"{value}\"",
                _ => value,
            };
            text = string.Concat(text.AsSpan(0, statement.Value.Start), written, text.AsSpan(statement.Value.End));
        }

        return text;
    }

    static string Append(string text, string name, string value)
    {
        var lineEnd = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var gap = LineCount(text) > 0 && !text.EndsWith('\n') ? lineEnd : "";
        return $"{text}{gap}{name}=\"{value}\"{lineEnd}";
    }

    static bool IsAt(string text, TextSpan span, string value) => text.AsSpan(span.Start, span.Length).SequenceEqual(value);

    // A byte order mark alone is no line.
    static int LineCount(string text)
    {
        var trimmed = text.AsSpan().TrimStart('\uFEFF');
        return trimmed.Count('\n') + (trimmed.IsEmpty || trimmed[^1] == '\n' ? 0 : 1);
    }
}
