using LangSmithPg.Charts;
using LangSmithPg.Common;
using LangSmithPg.Helm.Linting;

namespace LangSmithPg.Helm;

/// <summary>A service account that components run as and the chart does not make: no annotation of the values reaches it.</summary>
/// <param name="Account">The values that would make it.</param>
/// <param name="Name">Its name; null for the namespace's own, <c>default</c>.</param>
/// <param name="Components">The components that run as it.</param>
/// <param name="Namespace">The namespace that the values name; null when they name none.</param>
sealed record UnmanagedServiceAccount(ChartServiceAccount Account, string? Name, IReadOnlyList<ChartComponent> Components, string? Namespace)
{
    /// <summary>Finds those of components that values do not switch off.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="values">The values.</param>
    /// <param name="components">The components.</param>
    public static IReadOnlyList<UnmanagedServiceAccount> Find(LintChart chart, EffectiveValues values, IEnumerable<ChartComponent> components)
    {
        ArgumentNullException.ThrowIfNull(chart);
        ArgumentNullException.ThrowIfNull(values);
        return components.Where(one => chart.IsOn(one, values) is not false)
            .Where(one => !LintChart.Makes(AccountNames.Resolve(one.ServiceAccount, chart, values), values))
            .GroupBy(one => one.ServiceAccount)
            .Select(group => new UnmanagedServiceAccount(
                group.Key, AccountNames.Given(group.Key, values), group.ToArray(), values.Find(new("namespace"))?.Value.Text is { Length: > 0 } text ? text : null))
            .ToArray();
    }

    /// <summary>What says that it is not the chart's, in one sentence.</summary>
    public string Message => Name is null
        ? $"{Names} {Run} as the default service account of the namespace: {Account.Create} is not true, and {Account.Name} is not set."
        : $"{Names} {Run} as service account {Name}, which the chart does not create: annotations in the values do not apply to it.";

    /// <summary>The command that annotates it.</summary>
    /// <param name="annotations">The annotations; a value that is null has to be filled in.</param>
    public string Annotate(IEnumerable<KeyValuePair<string, string?>> annotations)
    {
        ArgumentNullException.ThrowIfNull(annotations);
        var pairs = annotations.Select(one => $"{one.Key}={CommandArgument.ForAnyShell(one.Value ?? "", "<identity>")}");
        var at = Namespace is null ? "" : $" -n {CommandArgument.ForAnyShell(Namespace, "<namespace>")}";
        return $"kubectl annotate serviceaccount {CommandArgument.ForAnyShell(Name ?? "default", "<name>")}{at} {string.Join(' ', pairs)} --overwrite";
    }

    string Names => string.Join(", ", Components.Select(one => one.Name));

    string Run => Components.Count == 1 ? "runs" : "run";
}
