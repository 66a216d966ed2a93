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

    // Levenshtein's; letters of another case count as the same.
    public static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 0; i < left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i + 1;
            for (var j = 0; j < right.Length; j++)
            {
                var cost = diagonal + (char.ToUpperInvariant(left[i]) == char.ToUpperInvariant(right[j]) ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(cost, Math.Min(row[j], diagonal) + 1);
            }
        }

        return row[^1];
    }
}
