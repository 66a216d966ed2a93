using System.Management.Automation;
using System.Text.RegularExpressions;
using LangSmithPg.Common;

namespace LangSmithPg.Formatting;

/// <summary>
/// Colors for the terminal, from <c>$PSStyle</c>, including changes to those of errors and warnings. PowerShell takes them out
/// again where output is plain (<c>NO_COLOR</c>, <c>$PSStyle.OutputRendering</c>).
/// </summary>
public static partial class Ansi
{
    // Not in the API that this is compiled against.
    static readonly PSObject? Style =
        typeof(PSObject).Assembly.GetType("System.Management.Automation.PSStyle")?.GetProperty("Instance")?.GetValue(null) is { } style ? PSObject.AsPSObject(style) : null;

    static string Reset => Code("Reset");

    /// <summary>A status or outcome in its color, live or deserialized.</summary>
    /// <param name="value">The status.</param>
    public static string Status(PSObject? value)
    {
        var text = value?.ToString() ?? "";
        return text.Length == 0 ? text : Color(
            text switch
            {
                "Fail" or "Failed" or "Refused" or "Misread" or "False" => FindingStatus.Fail,
                "Warning" or "Skipped" => FindingStatus.Warning,
                "Unknown" => FindingStatus.Unknown,
                "NotApplicable" => FindingStatus.NotApplicable,
                _ => FindingStatus.Pass,
            },
            text);
    }

    /// <summary>Text in the color of a status.</summary>
    /// <param name="status">The status.</param>
    /// <param name="text">The text.</param>
    public static string Color(FindingStatus status, string text) => status switch
    {
        FindingStatus.Pass => $"{Code("Foreground", "BrightGreen")}{text}{Reset}",
        FindingStatus.Fail => $"{Code("Formatting", "Error")}{text}{Reset}",
        FindingStatus.NotApplicable => $"{Code("Foreground", "BrightBlack")}{text}{Reset}",
        _ => $"{Code("Formatting", "Warning")}{text}{Reset}",
    };

    // How many characters of a text are seen.
    internal static int Length(string text) => text.Contains('\e', StringComparison.Ordinal) ? Sequence().Replace(text, "").Length : text.Length;

    internal static string Bold(string text) => $"{Code("Bold")}{text}{Reset}";

    internal static string Command(string text) => $"{Code("Foreground", "BrightCyan")}{text}{Reset}";

    [GeneratedRegex(@"\e\[[0-9;:]*m")]
    private static partial Regex Sequence();

    static string Code(params string[] path) =>
        path.Aggregate((object?)Style, (value, name) => value is null ? null : PSObject.AsPSObject(value).Properties[name]?.Value) as string ?? "";
}
