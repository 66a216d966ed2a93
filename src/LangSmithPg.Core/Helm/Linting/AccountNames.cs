using LangSmithPg.Charts;
using LangSmithPg.Common;

namespace LangSmithPg.Helm.Linting;

/// <summary>Names of the service accounts that the chart makes or is told. Source: the chart's template <c>_helpers.tpl</c>.</summary>
static class AccountNames
{
    /// <summary>The name that the values give an account; null when they give none.</summary>
    public static string? Given(ChartServiceAccount account, EffectiveValues values) => account.Name is null ? null : Text(values, account.Name);

    /// <summary>An account's name in the cluster, as far as the values say it; null where it hangs on the name of the release.</summary>
    public static string? Find(ChartServiceAccount account, EffectiveValues values) =>
        Given(account, values) ?? (Text(values, new("fullnameOverride")) is { } full && Suffix(account, values) is { } suffix ? $"{full}-{suffix}" : null);

    /// <summary>What an account's name ends with after the full name of the release; null when that is not known.</summary>
    public static string? Suffix(ChartServiceAccount account, EffectiveValues values) =>
        (account.Path?.Parent is { } owner ? Text(values, owner.Child("name")) : null) ?? account.NameSuffix;

    /// <summary>The account that a component runs as: another's, where the values name that one and the chart makes it.</summary>
    public static ChartServiceAccount Resolve(ChartServiceAccount account, LintChart chart, EffectiveValues values) =>
        !LintChart.Makes(account, values) && Given(account, values) is { } name
            ? chart.Workloads.Where(one => chart.IsOn(one, values) is not false).Select(one => one.ServiceAccount)
                .FirstOrDefault(one => LintChart.Makes(one, values) && Find(one, values) == name) ?? account
            : account;

    static string? Text(EffectiveValues values, ValuesPath path) =>
        values.Find(path) is { Value: { Kind: ValueKind.Word or ValueKind.Text, Text: { Length: > 0 } text } } ? text : null;
}
