using LangSmithPg.Charts;
using LangSmithPg.Common;
using LangSmithPg.Helm.Linting;

namespace LangSmithPg.Preflight;

/// <summary>The names that the chart gives its objects under some values. Source: the chart's template <c>_helpers.tpl</c>.</summary>
/// <param name="values">The values.</param>
/// <param name="releaseName">Name of the Helm release.</param>
sealed class ReleaseNames(LintInput values, string releaseName)
{
    const int MostCharacters = 63;
    const string DefaultName = "langsmith";

    // What the chart's helper leaves for the name of an agent's own server.
    const int MostCharactersOfServer = 51;

    /// <summary>The name of the release.</summary>
    public string ReleaseName => releaseName;

    /// <summary>The name of the application, which is a label of all objects.</summary>
    public string Name { get; } = Short(values.Text(ValuesPath.Of("nameOverride")) ?? DefaultName);

    /// <summary>The full name of the release, with which the names of its objects begin.</summary>
    public string FullName { get; } = Full(values, releaseName);

    /// <summary>The beginning of the names of SmithDB's objects.</summary>
    public string SmithDb => Short($"{FullName}-{values.Text(ValuesPath.Of("smithdb.name")) ?? "smithdb"}");

    /// <summary>The beginning of the names of an agent's objects.</summary>
    /// <param name="root">Its values, such as <c>fleet</c>.</param>
    /// <param name="defaultPrefix">What the chart adds to the full name unless the values name something else, such as <c>standalone-fleet</c>.</param>
    public string Agent(ValuesPath root, string defaultPrefix) => Short($"{FullName}-{Prefix(root, defaultPrefix)}");

    /// <summary>The name of an agent's own server. The chart shortens the full name, so that the end stays whole.</summary>
    /// <param name="root">The agent's values, such as <c>fleet</c>.</param>
    /// <param name="defaultPrefix">As for the agent's other objects.</param>
    /// <param name="name">The name of the server in the values.</param>
    public string AgentServer(ValuesPath root, string defaultPrefix, string name)
    {
        var suffix = $"{Prefix(root, defaultPrefix)}-{name}";
        var most = Math.Max(0, MostCharactersOfServer - suffix.Length);
        var start = FullName.Length > most ? FullName[..most] : FullName;
        return $"{(start.EndsWith('-') ? start[..^1] : start)}-{suffix}";
    }

    /// <summary>The name of a workload's object; null where the chart's own name of it is not known.</summary>
    /// <param name="component">The workload.</param>
    public string? Of(ChartComponent component)
    {
        ArgumentNullException.ThrowIfNull(component);
        var given = values.Text(ValuesPath.Of(component.Name).Child("name"));
        if (component is not { OwnDatabase: { } own, NameSuffix: { } suffix })
        {
            return (given ?? component.NameSuffix) is { } name ? $"{FullName}-{name}" : null;
        }

        // Such as standalone-fleet-api-server: the name of the object follows that of the agent.
        var defaultPrefix = string.Join('-', suffix.Split('-').Take(2));
        return $"{Agent(new(ValuesPath.Of(own).Keys[0]), defaultPrefix)}-{given ?? suffix[(defaultPrefix.Length + 1)..]}";
    }

    /// <summary>Helm's <c>trunc 63 | trimSuffix "-"</c>.</summary>
    /// <param name="name">A name.</param>
    public static string Short(string name)
    {
        var cut = name.Length > MostCharacters ? name[..MostCharacters] : name;
        return cut.EndsWith('-') ? cut[..^1] : cut;
    }

    string Prefix(ValuesPath root, string defaultPrefix) => values.Text(root.Child("namePrefix")) ?? defaultPrefix;

    static string Full(LintInput values, string releaseName)
    {
        var name = values.Text(ValuesPath.Of("nameOverride")) ?? DefaultName;
        return Short(values.Text(ValuesPath.Of("fullnameOverride")) ?? (releaseName.Contains(name, StringComparison.Ordinal) ? releaseName : $"{releaseName}-{name}"));
    }
}
