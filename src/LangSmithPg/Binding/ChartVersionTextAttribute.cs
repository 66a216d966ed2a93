using System.Collections;
using System.Management.Automation;
using LangSmithPg.Charts;

namespace LangSmithPg.Binding;

/// <summary>
/// Lets a version of the chart come as <c>helm list</c> shows it, too: <c>langsmith-0.16.11</c>, or the releases of
/// <c>helm list -o json | ConvertFrom-Json</c>, one of which is LangSmith's. Other charts are refused.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ChartVersionTextAttribute : ArgumentTransformationAttribute
{
    /// <summary>What a parameter is to be.</summary>
    internal const string Expected = "a version of the chart langsmith, such as 0.16.11 or langsmith-0.16.11";

    const string Prefix = "langsmith-";

    /// <summary>A marker for what is not a version.</summary>
    internal static readonly ChartVersion Unreadable = new("0.0.0");

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) => Find(inputData) is [var version] ? version : Unreadable;

    /// <summary>Reads a version, with or without the name of the chart before it; null where it is something else.</summary>
    /// <param name="text">The text.</param>
    internal static ChartVersion? Read(string? text) =>
        ChartVersion.TryParse(text?.Trim() is { } name && name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : text, out var version) ? version : null;

    static ChartVersion[] Find(object? given) => (given is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : given) switch
    {
        ChartVersion version => [version],
        string text => Read(text) is { } version ? [version] : [],
        // Rehydrated, or what ConvertFrom-Json made of a release.
        PSObject bag when Rehydration.Read<ChartVersion>(bag) is { } version => [version],
        PSObject release => Find(release.Properties["chart"]?.Value as string),
        IEnumerable several => [.. several.Cast<object?>().SelectMany(Find).Distinct()],
        IFormattable number => Find(number.ToString(format: null, System.Globalization.CultureInfo.InvariantCulture)),
        _ => [],
    };
}
