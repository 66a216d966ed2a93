using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Security.Cryptography.X509Certificates;
using LangSmithPg.Charts;
using LangSmithPg.Common;
using LangSmithPg.Documents;
using LangSmithPg.Findings;
using LangSmithPg.Helm;
using LangSmithPg.Kubernetes;
using LangSmithPg.Readiness;
using LangSmithPg.Tls;

namespace LangSmithPg.Binding;

/// <summary>
/// Recreates objects of this module that PowerShell deserialized from a job, another machine or a file: properties
/// without types. An object that contained a secret has lost it, and is not recreated.
/// </summary>
static class Rehydration
{
    const string Prefix = "Deserialized.";

    static readonly Assembly Module = typeof(Finding).Assembly;

    /// <summary>The original type, if it is a deserialized object of this module.</summary>
    public static Type? TypeOf(PSObject? value) =>
        value?.TypeNames.FirstOrDefault(name => name.StartsWith(Prefix + "LangSmithPg.", StringComparison.Ordinal) && !name.Contains('#', StringComparison.Ordinal)) is { } name
            ? Module.GetType(name[Prefix.Length..])
            : null;

    /// <summary>Recreates it, or returns null if it is something else or is incomplete.</summary>
    public static T? Read<T>(PSObject? value)
        where T : class
    {
        try
        {
            return TypeOf(value) is { } type && type.IsAssignableTo(typeof(T)) ? (T?)Make(value, type) : null;
        }
        catch (Exception exception) when (exception is InvalidCastException or PSInvalidCastException or ArgumentException or TargetInvocationException)
        {
            return null;
        }
    }

    static object? Make(object? value, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var bag = value is null ? null : PSObject.AsPSObject(value);
        return bag switch
        {
            null => null,
            _ when type.IsInstanceOfType(bag.BaseObject) => bag.BaseObject,
            // An enumeration comes back as a number that remembers its name.
            _ when type.IsEnum => Enum.TryParse(type, bag.ToString(), out var member) && Enum.IsDefined(type, member) ? member : throw new InvalidCastException(),
            _ when ItemType(type) is { } item => List(bag.BaseObject, item),
            _ when type.Assembly != Module => LanguagePrimitives.ConvertTo(value, type, CultureInfo.InvariantCulture),
            _ when type == typeof(ChartVersion) => ChartVersion.Parse(bag.ToString()),
            _ when type == typeof(ReadinessReport) => DeserializedReport.Read(bag),
            _ when type == typeof(HelmValues) => Values(bag),
            _ when type == typeof(CaBundle) => CaBundle.Of(Required<IReadOnlyList<X509Certificate2>>(bag, nameof(CaBundle.Certificates))),
            _ when type == typeof(CaSecret) => new CaSecret(
                Required<CaBundle>(bag, nameof(CaSecret.Bundle)), Required<string>(bag, nameof(CaSecret.Name)),
                bag.Properties[nameof(CaSecret.Namespace)]?.Value as string, Required<string>(bag, nameof(CaSecret.Key))),
            _ => Record(bag, type),
        };
    }

    static Type? ItemType(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() is var definition && (definition == typeof(IReadOnlyList<>) || definition == typeof(IEnumerable<>))
            ? type.GetGenericArguments()[0]
            : null;

    // Where PowerShell truncated, there is text in place of the list.
    static IEnumerable<object?> Items(object? value) =>
        (value is PSObject wrapped ? wrapped.BaseObject : value) is IEnumerable items and not string ? items.Cast<object?>() : throw new InvalidCastException();

    static Array List(object value, Type item)
    {
        var made = Items(value).Select(one => Make(one, item)).ToList();
        var list = Array.CreateInstance(item, made.Count);
        for (var index = 0; index < made.Count; index++)
        {
            list.SetValue(made[index], index);
        }

        return list;
    }

    static HelmValues Values(PSObject bag) => Items(bag.Properties[nameof(HelmValues.Entries)]?.Value).Select(PSObject.AsPSObject).Aggregate(
        HelmValues.Empty, (all, entry) => entry.Properties[nameof(ValuesEntry.IsSecret)]?.Value is false
            ? all.With(Required<ValuesPath>(entry, nameof(ValuesEntry.Path)), Scalar(entry.Properties[nameof(ValuesEntry.Typed)]?.Value))
            : throw new InvalidCastException());

    static DocumentScalar Scalar(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        bool flag => flag,
        long number => number,
        string text => text,
        _ => throw new InvalidCastException(),
    };

    static T Required<T>(PSObject bag, string name) => (T?)Make(bag.Properties[name]?.Value, typeof(T)) ?? throw new InvalidCastException();

    // By the constructor whose parameters are properties; the other properties that can be set follow.
    static object Record(PSObject bag, Type type)
    {
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        var constructor = type.GetConstructors().Where(one => one.GetParameters().All(parameter => properties.ContainsKey(parameter.Name!)))
            .MaxBy(one => one.GetParameters().Length) ?? throw new InvalidCastException();
        var parameters = constructor.GetParameters();
        var made = constructor.Invoke([.. parameters.Select(parameter => Given(parameter.Name!, parameter.ParameterType))]);
        foreach (var property in properties.Values.Where(one => one.SetMethod is { IsPublic: true } && !parameters.Any(parameter => Same(parameter.Name!, one.Name))))
        {
            property.SetValue(made, Given(property.Name, property.PropertyType));
        }

        return made;

        object? Given(string name, Type wanted) => bag.Properties[name] is { } given ? Make(given.Value, wanted) : throw new InvalidCastException();
    }

    static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
