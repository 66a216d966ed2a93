namespace LangSmithPg.Common;

/// <summary>Guesses which of several names somebody meant.</summary>
static class Nearest
{
    /// <summary>The name that differs least, whatever the case; null where none is near.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="names">The names.</param>
    public static string? To(string name, IEnumerable<string> names) => names
        .Select(one => (Name: one, Distance: Distance(name.ToUpperInvariant(), one.ToUpperInvariant())))
        .Where(one => one.Distance <= Math.Max(1, name.Length / 4))
        .OrderBy(one => one.Distance).Select(one => one.Name).FirstOrDefault();

    // Levenshtein's, where two neighbors that changed places count once (optimal string alignment); letters of another case count as the same.
    public static int Distance(string left, string right)
    {
        var (before, above) = (new int[right.Length + 1], Enumerable.Range(0, right.Length + 1).ToArray());
        for (var i = 0; i < left.Length; i++)
        {
            var row = new int[right.Length + 1];
            row[0] = i + 1;
            for (var j = 0; j < right.Length; j++)
            {
                row[j + 1] = Math.Min(above[j] + (IsSame(left[i], right[j]) ? 0 : 1), Math.Min(row[j], above[j + 1]) + 1);
                if (i > 0 && j > 0 && IsSame(left[i], right[j - 1]) && IsSame(left[i - 1], right[j]))
                {
                    row[j + 1] = Math.Min(row[j + 1], before[j - 1] + 1);
                }
            }

            (before, above) = (above, row);
        }

        return above[^1];
    }

    static bool IsSame(char left, char right) => char.ToUpperInvariant(left) == char.ToUpperInvariant(right);
}
