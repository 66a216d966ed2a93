using System.Text.RegularExpressions;

namespace LangSmithPg.Kubernetes;

/// <summary>What Kubernetes takes for a name. Source: Kubernetes documentation, "Object Names and IDs", "Labels and Selectors" and "Images".</summary>
static partial class KubernetesNames
{
    const int MaximumLength = 253;
    const int MaximumLabelLength = 63;
    const string LabelRule = "letters, digits, '-', '_' and '.', at most 63 characters, beginning and ending with a letter or digit";

    /// <summary>Whether an object can have this name: a DNS subdomain of RFC 1123.</summary>
    /// <param name="name">The name.</param>
    public static bool IsObjectName(string name) => name is { Length: > 0 and <= MaximumLength } && ObjectName().IsMatch(name);

    /// <summary>Whether a namespace can have this name: a DNS label of RFC 1123, without dots.</summary>
    /// <param name="name">The name.</param>
    public static bool IsNamespace(string name) => name is { Length: <= MaximumLabelLength } && IsObjectName(name) && !name.Contains('.', StringComparison.Ordinal);

    /// <summary>Whether an entry of a Secret can have this key.</summary>
    /// <param name="key">The key.</param>
    public static bool IsSecretKey(string key) => key is { Length: > 0 and <= MaximumLength } && SecretKey().IsMatch(key);

    /// <summary>Whether a label can have this key: a name, and before a slash the DNS subdomain that it belongs to.</summary>
    /// <param name="key">The key.</param>
    public static bool IsLabelKey(string key)
    {
        var slash = key?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        return key is { Length: > 0 } && (slash < 0 || IsObjectName(key[..slash])) && key[(slash + 1)..] is { Length: > 0 } name && IsLabelValue(name);
    }

    /// <summary>Whether a label can have this value. It may be empty.</summary>
    /// <param name="value">The value.</param>
    public static bool IsLabelValue(string value) => value is { Length: <= MaximumLabelLength } && LabelValue().IsMatch(value);

    /// <summary>Whether a container can have this image. Its registry decides about the rest.</summary>
    /// <param name="image">The image.</param>
    public static bool IsImage(string image) => image is { Length: > 0 } && !image.Any(character => char.IsWhiteSpace(character) || char.IsControl(character));

    internal static string RequireObjectName(string name) => IsObjectName(name)
        ? name
        : throw Invalid(name, "lowercase letters, digits, '-' and '.', at most 253 characters, beginning and ending with a letter or digit");

    internal static string? RequireNamespace(string? name) => name is null ? null : RequireLabel(name);

    internal static string RequireLabel(string name) => IsNamespace(name)
        ? name
        : throw Invalid(name, "lowercase letters, digits and '-', at most 63 characters, beginning and ending with a letter or digit");

    internal static string RequireSecretKey(string key) => IsSecretKey(key)
        ? key
        : throw Invalid(key, "letters, digits, '-', '_' and '.', at most 253 characters, not beginning with '..'");

    internal static void RequireObjectLabel(string key, string value)
    {
        if (!IsLabelKey(key))
        {
            throw Invalid(key, $"{LabelRule}, optionally after a domain and '/'");
        }

        if (!IsLabelValue(value))
        {
            throw new InvalidNameException(value, $"'{value}' is not a valid value for the Kubernetes label {key}. Use {LabelRule}, or an empty value.");
        }
    }

    internal static string RequireImage(string image) => IsImage(image)
        ? image
        : throw new InvalidNameException(image, $"'{image}' is not a valid image name. Use one without white space, such as registry.example.com/pwsh:7.6.");

    static InvalidNameException Invalid(string? name, string rule) => new(name, $"'{name}' is not a valid name in Kubernetes. Use {rule}.");

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex ObjectName();

    [GeneratedRegex(@"\A([a-zA-Z0-9]([-._a-zA-Z0-9]*[a-zA-Z0-9])?)?\z")]
    private static partial Regex LabelValue();

    // Keys become file names: neither "." nor anything that begins with "..".
    [GeneratedRegex(@"\A(?!\.\z|\.\.)[-._a-zA-Z0-9]+\z")]
    private static partial Regex SecretKey();
}
