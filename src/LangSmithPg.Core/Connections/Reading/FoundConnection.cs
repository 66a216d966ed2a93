namespace LangSmithPg.Connections.Reading;

/// <summary>A connection that was found in a file or in the output of a command: as a text, in parts, or only named.</summary>
/// <param name="Place">Where it is there, such as <c>Secret postgres-secret, key connection_url</c>. Never a secret.</param>
sealed record FoundConnection(string Place)
{
    /// <summary>The connection string, or null.</summary>
    public string? Text { get; init; }

    /// <summary>The connection in parts, or what the text does not say.</summary>
    public PartialConnection Parts { get; init; } = new();

    /// <summary>The Secret that holds it, where there is only its name.</summary>
    public string? SecretName { get; init; }

    /// <summary>Whether it is a connection of this module that was written as JSON, without its password.</summary>
    public bool HasLostPassword { get; init; }

    /// <summary>Whether another tool is to fill it in, as in <c>${DATABASE_URL}</c>.</summary>
    public bool IsPlaceholder => SecretName is null && (Text ?? Parts.HostName) is { } text
        && (text.Contains("${", StringComparison.Ordinal) || text.Contains("{{", StringComparison.Ordinal));

    /// <summary>Reads it.</summary>
    /// <param name="changes">Other parts in the place of some, or parts that it lacks.</param>
    public ConnectionResult Read(PartialConnection changes) =>
        Text is null ? changes.Or(Parts).Complete() : PgConnectionString.Parse(Text, changes.Or(Parts));
}
