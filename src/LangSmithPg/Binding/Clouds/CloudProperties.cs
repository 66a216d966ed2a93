using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace LangSmithPg.Binding.Clouds;

/// <summary>Reads the properties of an object of a cloud's module, or of its JSON. What is not there, or something else than expected, is null.</summary>
/// <param name="given">The object.</param>
sealed class CloudProperties(PSObject given)
{
    /// <summary>The object.</summary>
    public PSObject Given => given;

    /// <summary>A value by the first of several paths that has one, such as <c>sku.name</c>.</summary>
    public object? Value(params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            object? value = given;
            foreach (var name in path.Split('.'))
            {
                value = value is null ? null : Property(PSObject.AsPSObject(value), name);
            }

            if (value is not null)
            {
                return value;
            }
        }

        return null;
    }

    public string? Text(params ReadOnlySpan<string> paths) => Value(paths) switch
    {
        string text => text.Length > 0 ? text : null,
        // The modules of Azure have structures in place of enumerations, and others constants.
        ValueType value => Convert.ToString(value, CultureInfo.InvariantCulture),
        _ => null,
    };

    public int? Number(params ReadOnlySpan<string> paths) =>
        Value(paths) is { } value && LanguagePrimitives.TryConvertTo<int>(value, CultureInfo.InvariantCulture, out var number) ? number : null;

    public bool? Flag(params ReadOnlySpan<string> paths) => Text(paths)?.ToUpperInvariant() switch
    {
        "TRUE" or "ENABLED" or "ON" => true,
        "FALSE" or "DISABLED" or "OFF" => false,
        _ => null,
    };

    public DateTimeOffset? Time(params ReadOnlySpan<string> paths) => Value(paths) switch
    {
        DateTimeOffset time => time,
        // The clouds' times are in UTC.
        DateTime { Kind: DateTimeKind.Unspecified } time => new DateTimeOffset(time, TimeSpan.Zero),
        DateTime time => time,
        string text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time,
        _ => null,
    };

    public IEnumerable<CloudProperties> List(string path) => Value(path) is IEnumerable list and not string
        ? list.Cast<object?>().OfType<object>().Select(one => new CloudProperties(PSObject.AsPSObject(one)))
        : [];

    static object? Property(PSObject owner, string name)
    {
        try
        {
            var value = owner.BaseObject is IDictionary table ? table[name] : owner.Properties[name]?.Value;
            return value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        }
        catch (GetValueException)
        {
            return null;
        }
    }
}
