using LangSmithPg.Charts;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Iam;

namespace LangSmithPg.Helm;

/// <summary>The values that let LangSmith's pods act under an identity of the cloud.</summary>
static class IamValues
{
    /// <summary>Where the chart is told whose tokens log in to PostgreSQL.</summary>
    public static ValuesPath Provider { get; } = ValuesPath.Of("postgres.external.iamAuthProvider");

    /// <summary>
    /// Annotates the account of each component and labels its pods, on the paths that take effect. What is switched off is included:
    /// it does no harm there, and is not forgotten when somebody switches it on.
    /// </summary>
    /// <param name="values">The values to add to.</param>
    /// <param name="identity">The identity.</param>
    /// <param name="components">The components.</param>
    public static HelmValues ForComponents(HelmValues values, WorkloadIdentity identity, IEnumerable<ChartComponent> components)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(components);
        foreach (var component in components)
        {
            values = WithAccount(values, component.ServiceAccount);
            if (component.ServiceAccount.Annotations is { } annotations)
            {
                values = With(values, annotations, identity.Annotations);
            }

            values = With(values, component.Labels, identity.PodLabels);
        }

        return values;
    }

    /// <summary>The short form: <c>commonAnnotations</c> reaches all accounts that the chart makes, and <c>commonLabels</c> all of its pods.</summary>
    /// <param name="values">The values to add to.</param>
    /// <param name="identity">The identity.</param>
    /// <param name="components">The components that have to be reached.</param>
    public static HelmValues ForAll(HelmValues values, WorkloadIdentity identity, IEnumerable<ChartComponent> components)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(components);
        values = With(values, new("commonAnnotations"), identity.Annotations);
        values = With(values, new("commonLabels"), identity.PodLabels);
        return components.Aggregate(values, (sum, component) => WithAccount(sum, component.ServiceAccount));
    }

    /// <summary>The provider that values name, in whatever case; null when they name none.</summary>
    /// <param name="values">The values.</param>
    /// <param name="path">Where they name it; null for LangSmith's own database.</param>
    public static string? ProviderOf(HelmValues values, ValuesPath? path = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Entries.FirstOrDefault(entry => entry.Path.Equals(path ?? Provider))?.Value;
    }

    /// <summary>
    /// The provider that values files name, in whatever case. Null if they name none, as in the chart's own values, where it is empty,
    /// and when another tool fills it in later.
    /// </summary>
    /// <param name="values">The values.</param>
    /// <param name="path">Where they name it; null for LangSmith's own database.</param>
    public static string? ProviderOf(EffectiveValues values, ValuesPath? path = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Find(path ?? Provider) is { Value: { Kind: ValueKind.Word or ValueKind.Text, Text: { Length: > 0 } text } } && !Placeholder.IsIn(text) ? text : null;
    }

    /// <summary>Whether a value of <see cref="Provider"/> means a provider.</summary>
    /// <param name="value">The value.</param>
    /// <param name="provider">The provider.</param>
    public static bool Names(string value, IamAuthProvider provider) => string.Equals(value, provider.ToString(), StringComparison.OrdinalIgnoreCase);

    // Pods of an account that the chart does not make run as the namespace's own. Told to make it, the chart's template for it reads
    // the labels below "deployment", where its values have no such map: Helm fails unless there is one.
    static HelmValues WithAccount(HelmValues values, ChartServiceAccount account) =>
        account is { CreatedByDefault: false, Create: { } create, Labels: { } labels }
            ? values.With(create, true).With(labels.Child("app.kubernetes.io/part-of"), "langsmith")
            : values;

    static HelmValues With(HelmValues values, ValuesPath map, IEnumerable<KeyValuePair<string, string>> entries) =>
        entries.Aggregate(values, (sum, entry) => sum.With(map.Child(entry.Key), entry.Value));
}
