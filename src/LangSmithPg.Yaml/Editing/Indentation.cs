namespace LangSmithPg.Yaml.Editing;

/// <summary>How far a file indents: the step that most of its maps take.</summary>
static class Indentation
{
    const int Usual = 2;

    public static int Of(SyntaxNode? root) =>
        // After "? " and ": " a map is indented no further than its key.
        Steps(root).Where(step => step > 0).GroupBy(step => step).OrderByDescending(group => group.Count()).Select(group => (int?)group.Key).FirstOrDefault() ?? Usual;

    static IEnumerable<int> Steps(SyntaxNode? node) => node is SyntaxMap { IsFlow: false } map
        ? map.Entries.SelectMany(entry => entry.Value is SyntaxMap { IsFlow: false } child && child.Entries.Count > 0
            ? Steps(child).Prepend(child.Entries[0].Key.Place.Column - entry.Key.Place.Column)
            : [])
        : [];
}
