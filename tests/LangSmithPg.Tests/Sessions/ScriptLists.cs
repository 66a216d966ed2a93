using System.Collections;
using System.Management.Automation;
using System.Reflection;

namespace LangSmithPg.Tests.Sessions;

/// <summary>
/// Finds lists that PowerShell cannot index. The compiler makes a type of its own for a collection expression that is an IReadOnlyList;
/// to PowerShell, <c>$list[0]</c> of it is the whole list. An array or a List has no such trouble.
/// </summary>
static class ScriptLists
{
    const int Deepest = 6;
    const string OfTheCompiler = "<>z__";

    /// <summary>Where they are, such as <c>ReadinessReport.Fixes</c>.</summary>
    /// <param name="output">What a cmdlet gave.</param>
    public static IReadOnlyList<string> NotIndexable(IEnumerable<PSObject> output)
    {
        var found = new HashSet<string>();
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var item in output)
        {
            Walk(item?.BaseObject, "output", 0, found, seen);
        }

        return [.. found];
    }

    static void Walk(object? value, string place, int depth, HashSet<string> found, HashSet<object> seen)
    {
        if (value is null or string || depth > Deepest || !seen.Add(value))
        {
            return;
        }

        if (value is IEnumerable items)
        {
            if (value.GetType().Name.StartsWith(OfTheCompiler, StringComparison.Ordinal))
            {
                found.Add(place);
            }

            foreach (var item in items.Cast<object?>().Take(20))
            {
                Walk(item, place, depth + 1, found, seen);
            }
        }
        else if (value.GetType().Assembly.GetName().Name!.StartsWith("LangSmithPg", StringComparison.Ordinal))
        {
            foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0))
            {
                Walk(property.GetValue(value), $"{value.GetType().Name}.{property.Name}", depth + 1, found, seen);
            }
        }
    }
}
