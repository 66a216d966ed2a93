namespace LangSmithPg.SupportQueries;

/// <summary>The columns of a result.</summary>
/// <param name="Names">Their names, no two of which are the same to PowerShell.</param>
sealed record ResultColumns(IReadOnlyList<string> Names)
{
    /// <summary>Gives each column a name of its own.</summary>
    /// <param name="names">The names, of which some may be the same: a number is put at the end of the later ones, as a data table of .NET does.</param>
    public static ResultColumns Of(IEnumerable<string> names)
    {
        List<string> all = [.. names];
        HashSet<string> taken = new(all, StringComparer.OrdinalIgnoreCase);
        HashSet<string> used = new(StringComparer.OrdinalIgnoreCase);
        return new([.. all.Select(Unique)]);

        string Unique(string name)
        {
            // A property must have a name.
            name = name.Length == 0 ? "?column?" : name;
            if (used.Add(name))
            {
                return name;
            }

            var number = 1;
            while (taken.Contains($"{name}{number}") || !used.Add($"{name}{number}"))
            {
                number++;
            }

            return $"{name}{number}";
        }
    }
}
