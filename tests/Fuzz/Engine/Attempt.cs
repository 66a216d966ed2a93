using System.Diagnostics;
using LangSmithPg.Fuzz.Targets;

namespace LangSmithPg.Fuzz.Engine;

/// <summary>Gives one input to a target and tells whether its promises held.</summary>
static class Attempt
{
    /// <summary>Gives it.</summary>
    /// <returns>What is broken, as a kind and a reason; null when nothing is.</returns>
    public static (string Kind, string Reason)? Run(FuzzTarget target, byte[] input)
    {
        var clock = Stopwatch.GetTimestamp();
        var worked = Environment.CpuUsage.TotalTime;
        var memory = GC.GetTotalAllocatedBytes();
        try
        {
            target.Run(input);
        }
        catch (Exception exception)
        {
            return ($"{exception.GetType()} {Place(exception)} {(exception is BrokenPromiseException ? exception.Message[..Math.Min(24, exception.Message.Length)] : "")}", exception.ToString());
        }

        memory = GC.GetTotalAllocatedBytes() - memory;
        if (memory > target.MaximumMemory)
        {
            return ("memory", $"It asked for {memory >> 20} MB.");
        }

        // Of the processor's time, not of the clock's: the machine may be busy with other things.
        return Stopwatch.GetElapsedTime(clock) > target.MaximumTime && Environment.CpuUsage.TotalTime - worked is var time && time > target.MaximumTime
            ? ("time", $"It took {time.TotalSeconds:0.0} s.")
            : null;
    }

    // The innermost line of our own, without its number.
    static string Place(Exception exception) => new StackTrace(exception).GetFrames()
        .Select(frame => frame.GetMethod())
        .FirstOrDefault(method => method?.DeclaringType?.FullName?.StartsWith("LangSmithPg", StringComparison.Ordinal) == true && method.DeclaringType.Name != nameof(Promise)) is { } method
        ? $"{method.DeclaringType}.{method.Name}"
        : "";
}
