using LangSmithPg.Preflight;

namespace LangSmithPg.Formatting;

/// <summary>A preflight job as text for the terminal: what its pod will be, and how to run it.</summary>
public static class PreflightView
{
    const int LabelWidth = 12;

    /// <summary>Writes the job, line by line.</summary>
    /// <param name="job">The job.</param>
    public static IEnumerable<string> Lines(PreflightJob job)
    {
        ArgumentNullException.ThrowIfNull(job);
        yield return Ansi.Bold(job.ToString());
        foreach (var (label, value) in ((string, string)[])
            [
                ("Image", job.Image), ("Account", job.ServiceAccountName), ("Connection", $"Secret {job.Connection}"),
                .. job.Mounts.Select(mount => ("Mounts", $"Secret {mount}")), ("Module", job.Module),
            ])
        {
            yield return $"  {label.PadRight(LabelWidth)}{value}";
        }

        // Not wrapped: a command has to survive copying.
        foreach (var command in job.Commands)
        {
            yield return $"  {Ansi.Command(command)}";
        }
    }
}
