using System.Diagnostics;
using System.Globalization;

namespace LangSmithPg.Benchmarks;

/// <summary>
/// Measures two ways in turn, A B A B …, so that a machine whose speed drifts slows both. The ratio is taken pair by pair.
/// </summary>
static class SideBySide
{
    public static async Task RunAsync(string title, int pairs, (string Name, Func<Task> Run) ours, (string Name, Func<Task> Run) theirs)
    {
        // Once without counting: caches, and code that is compiled when it is first used.
        await ours.Run();
        await theirs.Run();
        List<(double Ours, double Theirs)> times = [];
        for (var pair = 0; pair < pairs; pair++)
        {
            times.Add((await TimeAsync(ours.Run), await TimeAsync(theirs.Run)));
        }

        Console.WriteLine($"{title} ({pairs} pairs; min / median / max)");
        Print(ours.Name, "ms", times.Select(one => one.Ours));
        Print(theirs.Name, "ms", times.Select(one => one.Theirs));
        Print("ratio", "", times.Select(one => one.Ours / one.Theirs));
        Console.WriteLine();
    }

    static async Task<double> TimeAsync(Func<Task> run)
    {
        var clock = Stopwatch.StartNew();
        await run();
        return clock.Elapsed.TotalMilliseconds;
    }

    static void Print(string name, string unit, IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"  {name,-44} {sorted[0],9:0.00} {sorted[sorted.Count / 2],9:0.00} {sorted[^1],9:0.00} {unit}"));
    }
}
