using System.Diagnostics;

namespace LangSmithPg.Benchmarks;

/// <summary>A way to do the work.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="MeasureAsync">Does the work once, and says how many milliseconds it took.</param>
sealed record Contender(string Name, Func<Task<double>> MeasureAsync)
{
    /// <summary>One whose time is taken from outside.</summary>
    public static Contender Timed(string name, Func<Task> run) => new(name, async () =>
    {
        var clock = Stopwatch.StartNew();
        await run();
        return clock.Elapsed.TotalMilliseconds;
    });

    /// <summary>One that does not wait.</summary>
    public static Contender Timed(string name, Action run) => Timed(name, () =>
    {
        run();
        return Task.CompletedTask;
    });
}
