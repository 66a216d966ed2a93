using LangSmithPg.Preflight;

namespace LangSmithPg.Formatting;

/// <summary>A preflight job as text for the terminal: what its pods will be, and how to run it.</summary>
public static class PreflightView
{
    const int LabelWidth = 12;

    /// <summary>Writes the job, line by line.</summary>
    /// <param name="job">The job.</param>
    public static IEnumerable<string> Lines(PreflightJob job)
    {
        ArgumentNullException.ThrowIfNull(job);
        yield return Ansi.Bold(job.ToString());
        foreach (var (label, value) in ((string, string)[])[("Image", job.Image), .. job.Databases is [{ Connection.Count: 1 }] ? One(job) : Several(job), ("Module", job.Module)])
        {
            yield return $"  {label.PadRight(LabelWidth)}{value}";
        }

        // Not wrapped: a command has to survive copying.
        foreach (var command in job.Commands)
        {
            yield return $"  {Ansi.Command(command)}";
        }
    }

    static IEnumerable<(string, string)> One(PreflightJob job) =>
    [
        ("Account", job.ServiceAccountName), ("Connection", $"Secret {job.Connection}"), .. job.Mounts.Select(mount => ("Mounts", $"Secret {mount}")),
    ];

    static IEnumerable<(string, string)> Several(PreflightJob job)
    {
        foreach (var database in job.Databases)
        {
            yield return ("Database", database.ToString());
            yield return ("  Account", database.ServiceAccountName);
            yield return ("  Secret", database.Connection is [var url] ? $"{url}" : $"{database.Connection[0].Name}, {database.Connection.Count} keys");
        }

        foreach (var mount in job.Mounts)
        {
            yield return ("Mounts", $"Secret {mount}");
        }
    }
}
