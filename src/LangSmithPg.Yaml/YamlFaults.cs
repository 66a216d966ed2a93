using YamlDotNet.Core;

namespace LangSmithPg.Yaml;

/// <summary>What YamlDotNet throws for text that is not valid YAML.</summary>
static class YamlFaults
{
    /// <summary>
    /// Whether the text caused it: besides its own exception, YamlDotNet throws others for tags that are not URIs and for plain scalars in
    /// places where it does not look for their end.
    /// </summary>
    public static bool IsSyntax(Exception exception) => exception is YamlException or ArgumentException or InvalidOperationException;
}
