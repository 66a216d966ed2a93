using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Moves.Job;
using LangSmithPg.Readiness;

namespace LangSmithPg.Formatting;

/// <summary>The move of a database as its log tells it: each phase, what the check and the comparison found, and last the verdict and what to do next.</summary>
static class MoveRunView
{
    const int NameWidth = 12;
    const int StatusWidth = 10;

    /// <summary>Writes it, line by line.</summary>
    /// <param name="run">The move.</param>
    /// <param name="width">Width of the terminal in characters.</param>
    public static IEnumerable<string> Lines(MoveRun run, int width) =>
    [
        Ansi.Bold($"{run.Purpose}{(run.Check is { } check ? $" to {VisibleText.Line(check.Target)}" : "")}"),
        "",
        .. run.Steps.SelectMany(step => Step(step, width)),
        .. run.Check is { } report ? Findings(report, width) : [],
        .. run.Comparison is { } comparison ? Findings(comparison, width) : [],
        "",
        Ansi.Color(run.IsMoved ? FindingStatus.Pass : run.Problem is null ? FindingStatus.Unknown : FindingStatus.Fail, Verdict(run)),
        .. FilledLines.Of(NextStep(run), width - 1),
    ];

    static IEnumerable<string> Step(MoveStep step, int width)
    {
        var name = VisibleText.Line(step.Name).PadRight(NameWidth);
        var status = Ansi.Color(StatusOf(step), VisibleText.Line(step.Status).PadRight(StatusWidth));
        var room = width - NameWidth - StatusWidth - 5;
        string[] facts = [.. step.Elapsed is { } elapsed ? [Time(elapsed)] : (string[])[], .. step.Bytes is { } bytes ? [ByteSize.Text(bytes)] : (string[])[]];
        var text = string.Join(". ", ((string[])[string.Join(", ", facts), VisibleText.Line(step.Message)]).Where(part => part.Length > 0));
        return FilledLines.Of(text, room).Select((line, index) => index == 0 ? $"  {name} {status} {line}".TrimEnd() : $"  {new string(' ', NameWidth + StatusWidth + 2)}{line}");
    }

    static IEnumerable<string> Findings(ReadinessReport report, int width) => report.Attention.SelectMany(finding =>
        FilledLines.Of($"{finding.Id}: {VisibleText.Line(finding.Message)}", width - StatusWidth - 4).Select((line, index) =>
            $"  {(index == 0 ? Ansi.Color(finding.Status, $"{finding.Status}".PadRight(StatusWidth)) : new string(' ', StatusWidth))} {line}"));

    static FindingStatus StatusOf(MoveStep step) => step.Status switch
    {
        "Succeeded" => FindingStatus.Pass,
        "Skipped" => FindingStatus.NotApplicable,
        "Warning" => FindingStatus.Warning,
        "Started" => FindingStatus.Unknown,
        _ => FindingStatus.Fail,
    };

    static string Verdict(MoveRun run) => $"{char.ToUpperInvariant(run.Verdict[0])}{run.Verdict[1..]}.";

    static string NextStep(MoveRun run) => run.IsMoved ? "The target has all of the source's data. Next step: switch LangSmith to it, as next-steps.md says."
        : run.Problem is null ? "The log does not show the end of the move. Next step: wait until the job is complete, and read the logs of all its containers."
        : "Do not switch LangSmith to the target. Next step: correct what the phase says, delete the job, and apply its manifest again.";

    static string Time(TimeSpan elapsed) => elapsed.TotalSeconds < 120
        ? string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds:0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalMinutes:0.0} min");
}
