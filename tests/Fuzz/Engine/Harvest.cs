using LangSmithPg.Fuzz.Targets;

namespace LangSmithPg.Fuzz.Engine;

/// <summary>Takes into the corpus what earlier work found and what adds most to it. Runs on instrumented code.</summary>
static class Harvest
{
    // The corpus is replayed in every build and kept for ever.
    const int MostInputs = 40;
    const int MostBytes = 24 * 1024;

    /// <summary>Adds to the corpus of a target.</summary>
    /// <param name="target">The target.</param>
    /// <param name="folder">The work.</param>
    /// <param name="corpus">Folder of the corpus.</param>
    public static void Run(FuzzTarget target, WorkFolder folder, string corpus)
    {
        var coverage = new Coverage();
        Dictionary<string, (byte[] Input, HashSet<(int, byte)> Taken)> candidates = [];
        HashSet<(int, byte)> covered = [];
        var kept = Path.Combine(corpus, target.Name);
        Directory.CreateDirectory(kept);
        // Once for what happens only the first time.
        foreach (var round in Enumerable.Range(0, 2))
        {
            covered.Clear();
            candidates.Clear();
            foreach (var input in folder.Inputs())
            {
                coverage.Clear();
                if (Attempt.Run(target, input) is null)
                {
                    candidates[FindLog.Hash(input)] = (input, [.. coverage.Taken()]);
                }
            }
        }

        foreach (var file in Directory.GetFiles(kept))
        {
            if (candidates.Remove(FindLog.Hash(File.ReadAllBytes(file)), out var old))
            {
                covered.UnionWith(old.Taken);
            }
        }

        var (inputs, bytes) = (0, 0);
        while (inputs < MostInputs && candidates.Count > 0)
        {
            var (name, best) = candidates.MaxBy(one => one.Value.Taken.Count(place => !covered.Contains(place)) / (64.0 + one.Value.Input.Length));
            candidates.Remove(name);
            if (best.Taken.IsSubsetOf(covered))
            {
                break;
            }

            if (bytes + best.Input.Length <= MostBytes)
            {
                covered.UnionWith(best.Taken);
                (inputs, bytes) = (inputs + 1, bytes + best.Input.Length);
                File.WriteAllBytes(Path.Combine(kept, $"found-{name}"), best.Input);
            }
        }

        Console.WriteLine($"{target.Name}: {inputs} inputs of {bytes} bytes come in.");
    }
}
