using System.Diagnostics;
using System.Globalization;

namespace LangSmithPg.Fuzz.Engine;

/// <summary>Lets a process of its own work on a target, and starts it anew where it dies or hangs: that is a find too.</summary>
sealed class Watch(InstrumentedCopy copy, string root, string corpus)
{
    const string MostMemory = "0x180000000";

    static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);
    static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    /// <summary>Works for a time and says what came of it.</summary>
    public void Run(string target, TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        var folder = new WorkFolder(root, corpus, target);
        var finds = new FindLog(folder.Finds);
        File.Delete(folder.Journal);
        using var journal = new Journal(folder.Journal);
        while (clock.Elapsed < time)
        {
            using var process = Process.Start(Command(target, time - clock.Elapsed))!;
            if (WaitFor(process, journal) is { } broken)
            {
                finds.Add(broken, journal.Input, $"The process {broken}.");
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{target,-20} {journal.Runs,12:N0} inputs in {clock.Elapsed.TotalSeconds,5:0} s, {journal.Edges,6} branches, {journal.Kept,5} inputs kept, {finds.Count} finds"));
    }

    ProcessStartInfo Command(string target, TimeSpan time) => new(
        "dotnet", [copy.Program, "work", target, ((int)Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture), root, corpus])
    {
        RedirectStandardError = true,
        Environment = { ["DOTNET_GCHeapHardLimit"] = MostMemory, ["DOTNET_TieredCompilation"] = "0" },
    };

    // What broke: it hangs, or has died; null when it came to its end.
    static string? WaitFor(Process process, Journal journal)
    {
        var errors = process.StandardError.ReadToEndAsync();
        var (runs, since) = (-1L, Stopwatch.StartNew());
        while (!process.WaitForExit(Glance))
        {
            if (journal.Runs != runs)
            {
                (runs, since) = (journal.Runs, Stopwatch.StartNew());
            }
            else if (since.Elapsed > Hang)
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
                return "hung";
            }
        }

        return process.ExitCode == 0 ? null : $"died: {errors.Result.Split('\n')[0]}";
    }
}
