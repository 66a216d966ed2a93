using LangSmithPg.Charts;
using LangSmithPg.Common;

namespace LangSmithPg.Helm.Linting.Rules;

/// <summary>Guesses which key of the chart somebody meant.</summary>
static class NearestKey
{
    const int DeepestGuess = 3;
    const int MostPlaces = 3;

    /// <summary>The key that is most likely meant; null when none is near.</summary>
    public static ValuesPath? Find(ValuesPath path, LintChart chart)
    {
        var name = path.Keys[^1];
        var (parent, above) = Parent(path, chart);
        return Sibling(name, parent, above, chart)
            ?? InChildren(name, parent, above, chart)
            ?? InParents(name, above, chart);
    }

    // Indented too far. A name that many maps have, such as "enabled" or "postgres", does not say so: the map above may have one by chance.
    static ValuesPath? InParents(string name, IReadOnlyList<string> above, LintChart chart)
    {
        if (Count(name, chart.Keys, chart) > MostPlaces)
        {
            return null;
        }

        for (var depth = above.Count - 1; depth >= 0; depth--)
        {
            var path = new ValuesPath([.. above.Take(depth), name]);
            if (Parent(path.Child(""), chart).Path.Count == path.Keys.Count)
            {
                return path;
            }
        }

        return null;
    }

    static int Count(string name, ChartKey key, LintChart chart) =>
        key.Children.Where(chart.Has).Sum(child => (child.Name == name ? 1 : 0) + Count(name, child, chart));

    static (ChartKey Key, IReadOnlyList<string> Path) Parent(ValuesPath path, LintChart chart)
    {
        var key = chart.Keys;
        List<string> above = [];
        foreach (var name in path.Keys.SkipLast(1))
        {
            if (key.Find(name) is not { } below || !chart.Has(below))
            {
                break;
            }

            key = below;
            above.Add(name);
        }

        return (key, above);
    }

    // A typo, or part of a name.
    static ValuesPath? Sibling(string name, ChartKey parent, IReadOnlyList<string> above, LintChart chart) =>
        parent.Children.Where(chart.Has)
            .Select(child => (child.Name, Distance: Nearest.Distance(name, child.Name)))
            .Where(one => one.Distance <= 1 || (one.Distance <= name.Length / 4 && name.Length > 0 && char.ToUpperInvariant(name[0]) == char.ToUpperInvariant(one.Name[0])) || IsAbbreviation(name, one.Name) || IsAbbreviation(one.Name, name))
            .OrderBy(one => one.Distance)
            .Select(one => new ValuesPath([.. above, one.Name]))
            .FirstOrDefault();

    // The same name deeper down: the nearest, if it is the only one at its depth.
    static ValuesPath? InChildren(string name, ChartKey parent, IReadOnlyList<string> above, LintChart chart)
    {
        List<(ChartKey Key, IReadOnlyList<string> Path)> level = [(parent, above)];
        for (var depth = 0; depth < DeepestGuess; depth++)
        {
            level = [.. from one in level from child in one.Key.Children where chart.Has(child) select (child, (IReadOnlyList<string>)[.. one.Path, child.Name])];
            var found = level.Where(one => one.Key.Name == name).ToList();
            // The values of a Deployment's pods are all below "deployment".
            if (found.Where(one => found.Count == 1 || one.Path[^2] == "deployment").Take(2).ToList() is [var only])
            {
                return new(only.Path);
            }
        }

        return null;
    }

    // "iamProvider" for "iamAuthProvider".
    static bool IsAbbreviation(string shorter, string longer)
    {
        if (shorter.Length * 3 < longer.Length * 2)
        {
            return false;
        }

        var at = 0;
        foreach (var character in longer)
        {
            at += at < shorter.Length && char.ToUpperInvariant(character) == char.ToUpperInvariant(shorter[at]) ? 1 : 0;
        }

        return at == shorter.Length;
    }
}
