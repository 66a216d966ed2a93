using System.Diagnostics;
using LangSmithPg.Fuzz.Targets;

namespace LangSmithPg.Fuzz.Engine;

/// <summary>Feeds a target with changed inputs and keeps those that reach something new. Runs on instrumented code.</summary>
sealed class Worker(FuzzTarget target, WorkFolder folder)
{
    readonly Random _random = new();
    readonly List<byte[]> _queue = [];

    public void Run(TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        using var journal = new Journal(folder.Journal);
        var coverage = new Coverage();
        var finds = new FindLog(folder.Finds);
        var mutator = new Mutator(_random, target.Words, target.MaximumLength);
        foreach (var input in folder.Inputs())
        {
            Take(input, isKept: true);
        }

        while (clock.Elapsed < time)
        {
            Take(mutator.Change(Pick(), Pick()), isKept: false);
        }

        void Take(byte[] input, bool isKept)
        {
            journal.Input = input;
            coverage.Clear();
            var broken = Attempt.Run(target, input);
            journal.Runs++;
            if (broken is var (kind, reason))
            {
                // What breaks is not bred from: it would come back for ever.
                finds.Add(kind, input, reason);
                return;
            }

            var isNew = coverage.Learn();
            if (isNew && !isKept)
            {
                folder.Keep(input);
            }

            if (isNew || isKept)
            {
                _queue.Add(input);
            }

            (journal.Edges, journal.Kept) = (coverage.Edges, _queue.Count);
        }
    }

    // Every second one is of the newest: there the frontier is.
    byte[] Pick() => _queue.Count == 0 ? [] : _random.Next(2) == 0 ? _queue[_random.Next(_queue.Count)] : _queue[^(1 + _random.Next(1 + (_queue.Count / 8)))];
}
