using System.Text.RegularExpressions;

namespace LangSmithPg.Connections.Reading;

/// <summary>Tells the first line of a file from a connection string, without reading the file.</summary>
static partial class TextKinds
{
    /// <summary>Whether a text begins as YAML, JSON or a <c>.env</c> file does, and as no connection string does.</summary>
    /// <param name="text">The text, or its first line.</param>
    public static bool IsDocument(string text) => IsYaml(text) || IsEnv(text);

    /// <summary>Whether a text begins as YAML or JSON does.</summary>
    /// <param name="text">The text, or its first line.</param>
    public static bool IsYaml(string text) => Document().IsMatch(text);

    /// <summary>Whether the first line that is no comment sets a variable.</summary>
    /// <param name="text">The text, or its first line.</param>
    public static bool IsEnv(string text) => Assignment().IsMatch(text);

    // A brace or a bracket of JSON, with what may follow it there, which a placeholder such as {your_user} has not; the beginning of a document,
    // a comment, or a key with nothing or a space behind its colon.
    [GeneratedRegex("""\A\uFEFF?\s*(?:\{\s*(?:["}]|\z)|\[\s*(?:[{"\]]|\z)|---(?:\s|$)|\#|(?:"[^"\r\n]*"|'[^'\r\n]*'|[A-Za-z_][\w ./-]*):(?:\s|$))""", RegexOptions.CultureInvariant)]
    private static partial Regex Document();

    // The names of variables have an underscore: HOST= may begin a connection string.
    [GeneratedRegex(@"\A\uFEFF?(?:\s*(?:\#.*)?\n)*\s*(?:export\s+[A-Za-z_]\w*|[A-Z][A-Z0-9]*_[A-Z0-9_]*)\s*=", RegexOptions.CultureInvariant)]
    private static partial Regex Assignment();
}
