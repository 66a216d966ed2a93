using System.Collections;
using System.Reflection;

namespace LangSmithPg.Core.Tests;

/// <summary>What an object shows to whoever walks its public properties, as formatters and serialisers do.</summary>
static class Shown
{
    /// <summary>The places where a text is shown.</summary>
    public static IEnumerable<string> By(object value, string text) => By(value, text, "it", []);

    static IEnumerable<string> By(object? value, string text, string place, HashSet<object> seen)
    {
        if (value is null || !seen.Add(value))
        {
            return [];
        }

        IEnumerable<string> here = value.ToString()!.Contains(text, StringComparison.Ordinal) ? [place] : [];
        var below = value switch
        {
            string => [],
            IEnumerable items => items.Cast<object?>().SelectMany((item, index) => By(item, text, $"{place}[{index}]", seen)),
            _ => value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.GetIndexParameters().Length == 0 && value.GetType().Namespace!.StartsWith("LangSmithPg", StringComparison.Ordinal))
                .SelectMany(property => By(property.GetValue(value), text, $"{place}.{property.Name}", seen)),
        };
        return [.. here, .. below];
    }
}
