using System.Text.RegularExpressions;

namespace LangSmithPg.Yaml;

/// <summary>What must not come before YamlDotNet: it takes NUL for the end of the text, and some directives that it does not know keep it busy for ever.</summary>
static partial class YamlHazards
{
    /// <summary>The first one: where it stands and what it is. Null when there is none.</summary>
    public static (int Index, string Message)? Find(string text) =>
        Hazard().Match(text) is not { Success: true } found ? null
        : found.Value == "\0" ? (found.Index, "There is a NUL character here, which YAML does not allow.")
        : (found.Index, "This line begins with %, but is not a %YAML or %TAG directive.");

    [GeneratedRegex(@"\0|(?<![^\n\r\u0085\u2028\u2029])%(?!(YAML|TAG)[ \t])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Hazard();
}
