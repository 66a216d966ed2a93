using LangSmithPg.Connections.Readers;
using LangSmithPg.Readiness;
using LangSmithPg.Readiness.Extensions;

namespace LangSmithPg.Formatting;

/// <summary>Colours for the terminal. PowerShell takes them out again where output is plain.</summary>
public static class Ansi
{
    const string Reset = "\u001b[0m";

    /// <summary>A finding's status in its colour.</summary>
    /// <param name="status">The status.</param>
    public static string Color(FindingStatus status) => Color(status, status.ToString());

    /// <summary>A text in the colour of a status.</summary>
    /// <param name="status">The status.</param>
    /// <param name="text">The text.</param>
    public static string Color(FindingStatus status, string text) => status switch
    {
        FindingStatus.Pass => $"\u001b[92m{text}{Reset}",
        FindingStatus.Fail => $"\u001b[91m{text}{Reset}",
        FindingStatus.NotApplicable => $"\u001b[90m{text}{Reset}",
        _ => $"\u001b[93m{text}{Reset}",
    };

    /// <summary>An outcome in its colour.</summary>
    /// <param name="outcome">The outcome.</param>
    public static string Color(ReaderOutcome outcome) =>
        Color(outcome == ReaderOutcome.Accepted ? FindingStatus.Pass : FindingStatus.Fail, outcome.ToString());

    /// <summary>What became of an extension, in its colour.</summary>
    /// <param name="action">What became of it.</param>
    public static string Color(ExtensionAction action) => Color(
        action switch
        {
            ExtensionAction.Failed => FindingStatus.Fail,
            ExtensionAction.Skipped => FindingStatus.Warning,
            _ => FindingStatus.Pass,
        },
        action.ToString());

    internal static string Bold(string text) => $"\u001b[1m{text}{Reset}";

    internal static string Code(string text) => $"\u001b[96m{text}{Reset}";
}
