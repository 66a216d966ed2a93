using LangSmithPg.Common;
using LangSmithPg.Setup;

namespace LangSmithPg.Formatting;

/// <summary>What a setup found out and wrote, on one screen: the problems, the verdict, the files, and last the commands to run next.</summary>
static class SetupView
{
    /// <summary>Writes it, line by line.</summary>
    /// <param name="result">The result.</param>
    /// <param name="width">Width of the terminal in characters.</param>
    public static IEnumerable<string> Lines(SetupResult result, int width)
    {
        var isReady = result.IsReady;
        return
        [
            .. ReportView.Summary(result.Report, width, isShort: true),
            .. isReady ? [] : ReportView.NextSteps(result.Report, width, static kind => kind is not (RemedyKind.Sql or RemedyKind.Shell)),
            "",
            $"Files in {Ansi.Bold(result.OutputPath)}:",
            .. result.Files.GroupBy(file => file.Action).OrderBy(group => group.Key).SelectMany(group => Files(group.Key, [.. group], width)),
            "",
            .. result.NextCommands.Count == 0 ? [] : (string[])["Next, in PowerShell:"],
            // Not wrapped: a command has to survive copying.
            .. result.NextCommands.SelectMany(command => VisibleText.Of(command).Split('\n')).Select(line => $"  {Ansi.Command(line)}"),
            .. isReady ? [] : (string[])["Then run this command again."],
        ];
    }

    static IEnumerable<string> Files(SetupFileAction action, IReadOnlyList<SetupFile> files, int width)
    {
        const int LabelWidth = 11;
        var label = action == SetupFileAction.NotWritten ? "not written" : action.ToString().ToLowerInvariant();
        return FilledLines.Of(files.Select((file, index) => Path.GetFileName(file.Path) + (index + 1 < files.Count ? "," : "")), width - LabelWidth - 4)
            .Select((line, index) => $"  {(index == 0 ? label : "").PadRight(LabelWidth)}  {line}");
    }
}
