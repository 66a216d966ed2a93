namespace LangSmithPg.Moves;

/// <summary>A connection as libpq takes it: words and values in one text. Source: PostgreSQL documentation, "Connection Strings".</summary>
static class ConnectionInfo
{
    /// <summary>Writes it.</summary>
    /// <param name="parameters">Names and values. No secret may be among them: other users see the arguments of a process.</param>
    public static string Write(IEnumerable<KeyValuePair<string, string>> parameters) => string.Join(' ', parameters.Select(one => $"{one.Key}='{Escape(one.Value)}'"));

    static string Escape(string value) => value.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal);
}
