using System.Text.RegularExpressions;

namespace LangSmithPg.Kubernetes;

/// <summary>What Kubernetes takes for a name. Source: Kubernetes documentation, "Object Names and IDs".</summary>
public static partial class KubernetesNames
{
    const int MaximumLength = 253;
    const int MaximumLabelLength = 63;

    /// <summary>Whether an object can have this name: a DNS subdomain of RFC 1123.</summary>
    /// <param name="name">The name.</param>
    public static bool IsObjectName(string name) => name is { Length: > 0 and <= MaximumLength } && ObjectName().IsMatch(name);

    /// <summary>Whether a namespace can have this name: a DNS label of RFC 1123, without dots.</summary>
    /// <param name="name">The name.</param>
    public static bool IsNamespace(string name) => name is { Length: <= MaximumLabelLength } && IsObjectName(name) && !name.Contains('.', StringComparison.Ordinal);

    /// <summary>Whether an entry of a Secret can have this key.</summary>
    /// <param name="key">The key.</param>
    public static bool IsSecretKey(string key) => key is { Length: > 0 and <= MaximumLength } && SecretKey().IsMatch(key);

    internal static string RequireObjectName(string name) => IsObjectName(name)
        ? name
        : throw Invalid(name, "lower-case letters, digits, '-' and '.', at most 253 characters, beginning and ending with a letter or digit");

    internal static string? RequireNamespace(string? name) => name is null ? null : RequireLabel(name);

    internal static string RequireLabel(string name) => IsNamespace(name)
        ? name
        : throw Invalid(name, "lower-case letters, digits and '-', at most 63 characters, beginning and ending with a letter or digit");

    internal static string RequireSecretKey(string key) => IsSecretKey(key)
        ? key
        : throw Invalid(key, "letters, digits, '-', '_' and '.', at most 253 characters, not beginning with '..'");

    static InvalidNameException Invalid(string? name, string rule) => new(name, $"'{name}' is no name that Kubernetes takes: use {rule}.");

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex ObjectName();

    // Keys become file names: neither "." nor anything that begins with "..".
    [GeneratedRegex(@"\A(?!\.\z|\.\.)[-._a-zA-Z0-9]+\z")]
    private static partial Regex SecretKey();
}
