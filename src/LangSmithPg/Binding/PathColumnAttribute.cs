using System.Collections;
using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;
using LangSmithPg.Helm;

namespace LangSmithPg.Binding;

/// <summary>
/// Lets paths come as text, as files, or as objects with such a property. PowerShell makes a text of any other object, with all that its
/// properties hold, and shows it where it reports that there is no such file: a row of a table may hold a password.
/// </summary>
/// <param name="columns">Names of the property, the first that there is.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PathColumnAttribute(params string[] columns) : ArgumentTransformationAttribute
{
    // No path has it.
    const string Unreadable = "\0";

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = Unwrap(inputData);
        return value is IEnumerable several and not string ? several.Cast<object?>().Select(One).ToArray() : One(inputData);
    }

    /// <summary>Whether the object is not a path and does not have one.</summary>
    /// <param name="path">The path that this attribute gave.</param>
    internal static bool IsUnreadable(string? path) => string.IsNullOrEmpty(path) || path == Unreadable;

    string One(object? given) => Unwrap(given) switch
    {
        string path => path,
        FileSystemInfo file => file.FullName,
        PathInfo path => path.Path,
        // Another parameter takes it, or it holds no secret that shows.
        X509Certificate => throw PassOver(),
        { } other when other.GetType().Assembly == typeof(HelmValues).Assembly || Rehydration.TypeOf(given as PSObject) is not null => throw PassOver(),
        PSCustomObject => columns.Select(name => ((PSObject)given!).Properties[name]?.Value).Select(Unwrap).OfType<string>().FirstOrDefault() ?? Unreadable,
        _ => Unreadable,
    };

    // PowerShell does not treat it as an error that a pipeline value cannot be cast.
    static ArgumentTransformationMetadataException PassOver() => new("Specify a path.", new PSInvalidCastException());

    static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
