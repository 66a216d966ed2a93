using LangSmithPg.Charts;
using LangSmithPg.Common;

namespace LangSmithPg.Helm;

/// <summary>The values that let LangSmith's pods read the client certificate that is mounted into them.</summary>
static class PodSecurityValues
{
    /// <summary>The group that LangSmith's own page names.</summary>
    public const int DefaultGroup = 1000;

    /// <summary>One value for all pods of the chart.</summary>
    /// <param name="values">The values to add to.</param>
    /// <param name="group">The group that owns what is mounted; the chart treats 0 as not set.</param>
    public static HelmValues ForAll(HelmValues values, long group)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.With(ValuesPath.Of("commonPodSecurityContext.fsGroup"), group);
    }

    /// <summary>A value for each component, on the path that takes effect. A component's own value wins over the common one.</summary>
    /// <param name="values">The values to add to.</param>
    /// <param name="group">The group that owns what is mounted; the chart treats 0 as not set.</param>
    /// <param name="components">The components.</param>
    public static HelmValues ForComponents(HelmValues values, long group, IEnumerable<ChartComponent> components)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(components);
        return components.Aggregate(values, (sum, component) => sum.With(component.PodSecurityContext.Child("fsGroup"), group));
    }
}
