namespace LangSmithPg.Connections;

/// <summary>A parameter that libpq knows.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Use">What a connection of this module does about it.</param>
/// <param name="Why">What it does with it, or why it does without or cannot; the rest of a sentence.</param>
sealed record KnownParameter(string Name, ParameterUse Use, string Why)
{
    /// <summary>The values that libpq takes, or null when it takes any.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>The values of a refused parameter with which it asks for nothing. An empty one always does.</summary>
    public IReadOnlyList<string> IdleValues { get; init; } = [];

    /// <summary>Whether its value must never be shown.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Whether it names a file on the machine of whoever connects.</summary>
    public bool NamesFile { get; init; }

    /// <summary>Whether libpq takes a value.</summary>
    /// <param name="value">The value.</param>
    public bool Takes(string value) => Values is null
        // The versions of TLS alone may be written in either case.
        || Values.Contains(value, Name.StartsWith("ssl_", StringComparison.Ordinal) ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
}
