using YamlDotNet.Core;

namespace LangSmithPg.Yaml;

/// <summary>What YamlDotNet throws over a text that is no YAML.</summary>
static class YamlFaults
{
    /// <summary>
    /// Whether the text is to blame: besides its own exception, YamlDotNet throws others over tags that are no URI and over plain texts in
    /// places where it does not look for their end.
    /// </summary>
    public static bool IsSyntax(Exception exception) => exception is YamlException or ArgumentException or InvalidOperationException;
}
