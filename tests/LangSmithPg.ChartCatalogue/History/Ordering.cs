namespace LangSmithPg.CatalogueTool.History;

/// <summary>Entries stand in the order in which the catalogue already has them; new ones come last.</summary>
static class Ordering
{
    public static IEnumerable<T> InOrderOf<T>(this IEnumerable<T> entries, IEnumerable<string> existing, Func<T, string> nameOf)
    {
        var places = existing.Distinct().Select((name, place) => (name, place)).ToDictionary(one => one.name, one => one.place, StringComparer.Ordinal);
        return entries.OrderBy(one => places.GetValueOrDefault(nameOf(one), int.MaxValue));
    }
}
