using System.Text.RegularExpressions;
using LangSmithPg.CatalogueTool.Sources;

namespace LangSmithPg.CatalogueTool.Facts;

/// <summary>Works out what the object of a template is called, from the forms in which the chart writes names.</summary>
static partial class ObjectName
{
    // The values that a helper joins. A helper that only gives the name of the release joins none.
    static readonly Dictionary<string, string[]> Helpers = new(StringComparer.Ordinal)
    {
        ["langsmith.fullname"] = [],
        ["langsmith.agentFeatures.fullname"] = ["@product.namePrefix"],
        ["langsmith.agentFeatures.componentName"] = ["@product.namePrefix", "@product.@component.name"],
        ["langsmith.smithdb.fullname"] = ["smithdb.name"],
        ["langsmith.smithdb.componentName"] = ["smithdb.name", "smithdb.@component.name"],
    };

    /// <summary>The name after the full name of the release; null if that is not part of it, or if the name has another form.</summary>
    /// <param name="body">The template.</param>
    /// <param name="metadata">Where its metadata begins.</param>
    /// <param name="values">The values.</param>
    public static string? Of(string body, int metadata, ChartValues values)
    {
        var name = Name().Match(body, metadata).Groups["name"].Value;
        var parts = Action().Matches(name).Select(action => Part(WithoutVariables(action.Groups["text"].Value, body), values)).ToList();
        return parts.Count == 0 || parts.Contains(null) ? null : Action().Replace(name, _ => Take(parts)).Trim('-');

        static string Take(List<string?> parts)
        {
            var first = parts[0]!;
            parts.RemoveAt(0);
            return first;
        }
    }

    static string WithoutVariables(string action, string body) => Variable().Matches(body).Aggregate(action, (text, variable) =>
        Regex.Replace(text, $@"{Regex.Escape(variable.Groups["name"].Value)}\b", variable.Groups["value"].Value.Trim().Replace("$", "$$", StringComparison.Ordinal)));

    static string? Part(string action, ChartValues values)
    {
        if (action.Contains("randAlphaNum", StringComparison.Ordinal))
        {
            return "";
        }

        if (Path().Match(action) is { Success: true } path)
        {
            return values.Text(path.Groups["path"].Value);
        }

        var arguments = Argument().Matches(action);
        return Helpers.TryGetValue(Include().Match(action).Groups["helper"].Value, out var paths)
            ? string.Join('-', paths.Select(joined => values.Text(arguments.Aggregate(joined, Fill))))
            : null;
    }

    static string Fill(string path, Match argument) =>
        path.Replace($"@{argument.Groups["name"].Value}", argument.Groups["value"].Value, StringComparison.Ordinal);

    [GeneratedRegex(@"\{\{-?\s*(?<name>\$\w+)\s*:=\s*(?<value>.*?)-?\}\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Variable();

    [GeneratedRegex(@"\n  name:\s*""?(?<name>\{\{.*\}\}[^\s""]*|[^\s""]*)")]
    private static partial Regex Name();

    [GeneratedRegex(@"\{\{-?\s*(?<text>.*?)\s*-?\}\}")]
    private static partial Regex Action();

    [GeneratedRegex(@"^include\s+""(?<helper>[^""]+)""")]
    private static partial Regex Include();

    [GeneratedRegex(@"""(?<name>product|component)""\s+""(?<value>\w+)""")]
    private static partial Regex Argument();

    [GeneratedRegex(@"^\.Values\.(?<path>[\w.]+)$")]
    private static partial Regex Path();
}
