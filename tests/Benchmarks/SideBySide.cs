using System.Globalization;

namespace LangSmithPg.Benchmarks;

/// <summary>
/// Measures several ways in turn, A B C A B C …, so that a machine whose speed drifts slows all. Ratios are taken round by round.
/// </summary>
static class SideBySide
{
    /// <summary>Measures, and prints.</summary>
    /// <param name="title">What is done.</param>
    /// <param name="rounds">How often.</param>
    /// <param name="ours">The module's way.</param>
    /// <param name="others">The ways that it is held against.</param>
    /// <param name="items">How many things are done each time; more than one prints a rate.</param>
    public static async Task RunAsync(string title, int rounds, Contender ours, Contender[] others, int items = 1)
    {
        Contender[] all = [ours, .. others];

        // Once without counting: caches, and code that is compiled when it is first used. What is done but once is warm from before.
        foreach (var one in rounds > 1 ? all : [])
        {
            await one.MeasureAsync();
        }

        var times = all.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var one = 0; one < all.Length; one++)
            {
                times[one].Add(await all[one].MeasureAsync());
            }
        }

        Console.WriteLine($"{title} ({rounds} rounds; min / median / max)");
        for (var one = 0; one < all.Length; one++)
        {
            Print(all[one].Name, "ms", times[one], items);
        }

        for (var one = 1; one < all.Length; one++)
        {
            Print($"time as a part of {all[one].Name}'s", "", times[0].Zip(times[one], (mine, theirs) => mine / theirs));
        }

        Console.WriteLine();
    }

    static void Print(string name, string unit, IEnumerable<double> values, int items = 1)
    {
        var sorted = values.Order().ToList();
        var median = sorted[sorted.Count / 2];
        var rate = items == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", {items / median * 1000:0} a second");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-58} {sorted[0],9:0.00} {median,9:0.00} {sorted[^1],9:0.00} {unit}{rate}"));
    }
}
