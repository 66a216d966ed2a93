namespace LangSmithPg.Moves;

/// <summary>Versions of extensions.</summary>
static class ExtensionVersion
{
    /// <summary>Whether a version is older than another one. Versions that are not numbers cannot be compared.</summary>
    /// <param name="version">The version, such as <c>1.5</c>.</param>
    /// <param name="other">The other one.</param>
    public static bool IsOlder(string version, string other) => Read(version) is { } one && Read(other) is { } two && one < two;

    static Version? Read(string text) => Version.TryParse(text.Contains('.', StringComparison.Ordinal) ? text : $"{text}.0", out var version) ? version : null;
}
