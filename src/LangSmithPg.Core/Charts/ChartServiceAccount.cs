using LangSmithPg.Common;

namespace LangSmithPg.Charts;

/// <summary>The service account that a component's pods run as.</summary>
/// <param name="Path">Its values, such as <c>backend.serviceAccount</c>; null when the chart makes it without any.</param>
/// <param name="NameSuffix">Its name after the full name of the release, unless the values name another; null when that is not known.</param>
/// <param name="CreatedByDefault">
/// Whether the chart makes it unless told otherwise. Where it does not, the pods run as the namespace's <c>default</c> account.
/// </param>
/// <param name="Labels">The values that become its labels; null when there are none.</param>
public sealed record ChartServiceAccount(ValuesPath? Path, string? NameSuffix, bool CreatedByDefault, ValuesPath? Labels)
{
    /// <summary>The values that become its annotations; null when only <c>commonAnnotations</c> reaches it.</summary>
    public ValuesPath? Annotations => Path?.Child("annotations");

    /// <summary>Whether the chart makes it.</summary>
    public ValuesPath? Create => Path?.Child("create");

    /// <summary>Another name for it, or the name of an account that is there.</summary>
    public ValuesPath? Name => Path?.Child("name");

    /// <summary>Where its values stand, or its name.</summary>
    public override string ToString() => Path?.ToString() ?? $"(<release>-{NameSuffix})";
}
