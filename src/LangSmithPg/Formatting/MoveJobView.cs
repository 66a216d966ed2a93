using LangSmithPg.Common;
using LangSmithPg.Moves.Job;

namespace LangSmithPg.Formatting;

/// <summary>A move job as text for the terminal: what is moved where, what has to be stopped, and where all the commands are.</summary>
static class MoveJobView
{
    const int LabelWidth = 12;

    /// <summary>Writes the job, line by line.</summary>
    /// <param name="job">The job.</param>
    /// <param name="width">Width of the terminal in characters.</param>
    public static IEnumerable<string> Lines(MoveJob job, int width) =>
    [
        Ansi.Bold(job.ToString()),
        .. job.Databases.SelectMany(database => (string[])
        [
            .. Text("Database", $"{database.Purpose}", width),
            .. Text("  From", database.ServerName, width),
            .. Text("  To", $"Secret {database.Target}", width),
        ]),
        .. Text("Stop first", string.Join(", ", job.Workloads), width),
        .. Text("Copy image", job.CopyImage, width),
        .. Text("Image", job.Image, width),
        .. Text("Module", job.Module, width),
        .. Text("Dump", job.WorkVolume, width),
        "",
        "All steps, from stopping LangSmith to the way back, are in NextSteps:",
        // Not wrapped: a command has to survive copying.
        $"  {Ansi.Command("$job | Export-LangSmithYaml move.yaml")}",
        $"  {Ansi.Command("$job.NextSteps | Set-Content next-steps.md")}",
    ];

    static IEnumerable<string> Text(string label, string text, int width) => FilledLines.Of(VisibleText.Line(text), width - LabelWidth - 3).Select((line, index) =>
        $"  {(index == 0 ? label : "").PadRight(LabelWidth)}{line}");
}
