namespace LangSmithPg.Comparisons;

/// <summary>A row of a part of a table.</summary>
/// <param name="KeyHash">The hash of its key.</param>
/// <param name="Hash">The hash of the row.</param>
/// <param name="Key">Its key, such as <c>id=42</c>; empty where the table has none.</param>
/// <param name="Stored">The number of the stored table.</param>
/// <param name="Place">Where it lies, such as <c>(0,1)</c>.</param>
sealed record FoundRow(long KeyHash, long Hash, string Key, int Stored, string Place)
{
    /// <summary>What identifies the row to an admin.</summary>
    public string Name => Key.Length > 0 ? Key : $"ctid={Place}";

    /// <summary>The rows of two sides that have no equal in the other one, by their keys.</summary>
    /// <param name="reference">The rows of the reference.</param>
    /// <param name="difference">The rows of the other side.</param>
    public static IEnumerable<(FoundRow? Before, FoundRow? After)> Unequal(IReadOnlyList<FoundRow> reference, IReadOnlyList<FoundRow> difference)
    {
        var others = difference.ToLookup(row => row.KeyHash);
        foreach (var group in reference.GroupBy(row => row.KeyHash))
        {
            var after = others[group.Key].ToList();
            // A row may be there several times.
            List<FoundRow> before = [.. group.Where(row => !RemoveEqual(after, row))];
            for (var number = 0; number < Math.Max(before.Count, after.Count); number++)
            {
                yield return (before.ElementAtOrDefault(number), after.ElementAtOrDefault(number));
            }
        }

        var known = reference.Select(row => row.KeyHash).ToHashSet();
        foreach (var extra in difference.Where(row => !known.Contains(row.KeyHash)))
        {
            yield return (null, extra);
        }
    }

    static bool RemoveEqual(List<FoundRow> rows, FoundRow wanted)
    {
        var place = rows.FindIndex(row => row.Hash == wanted.Hash);
        if (place < 0)
        {
            return false;
        }

        rows.RemoveAt(place);
        return true;
    }
}
