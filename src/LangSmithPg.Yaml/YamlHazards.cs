using System.Text.RegularExpressions;

namespace LangSmithPg.Yaml;

/// <summary>What must not be passed to YamlDotNet: it treats NUL as the end of the text, and some unknown directives put it in an infinite loop.</summary>
static partial class YamlHazards
{
    /// <summary>The first one: its position and what it is. Null if there is none.</summary>
    public static (int Index, string Message)? Find(string text) =>
        Hazard().Match(text) is not { Success: true } found ? null
        : found.Value == "\0" ? (found.Index, "There is a NUL character here, which YAML does not allow.")
        : (found.Index, "This line begins with %, but is not a %YAML or %TAG directive.");

    [GeneratedRegex(@"\0|(?<![^\n\r\u0085\u2028\u2029])%(?!(YAML|TAG)[ \t])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Hazard();
}
