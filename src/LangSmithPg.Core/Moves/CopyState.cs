using System.Text.Json;
using System.Text.Json.Serialization;

namespace LangSmithPg.Moves;

/// <summary>How far a copy came, as its work folder keeps it.</summary>
/// <param name="Phase">What was begun or is done.</param>
/// <param name="Source">Which database was dumped.</param>
/// <param name="DumpTime">When the dump was begun.</param>
/// <param name="ToolVersion">The version of pg_dump.</param>
/// <param name="Target">Which database the restore was begun in, or null.</param>
sealed record CopyState(CopyPhase Phase, DatabaseIdentity Source, DateTimeOffset DumpTime, string ToolVersion, DatabaseIdentity? Target)
{
    /// <summary>The schemas that the target had before the restore.</summary>
    public IReadOnlyList<string> KeptSchemas { get; init; } = [];

    /// <summary>The fingerprint of the source when it was dumped; null where the dump is not to be used again, or not there.</summary>
    public string? Stamp { get; init; }

    /// <summary>Writes it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, CopyStateJsonContext.Default.CopyState);

    /// <summary>Reads it.</summary>
    /// <param name="json">The JSON document.</param>
    /// <returns>The state, or null where the document is none.</returns>
    public static CopyState? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, CopyStateJsonContext.Default.CopyState) is { Source.SystemIdentifier: not null, ToolVersion: not null } state ? state : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>How far a copy came.</summary>
enum CopyPhase
{
    /// <summary>The dump is complete.</summary>
    Dumped,

    /// <summary>The restore was begun.</summary>
    Restoring,

    /// <summary>The restore is complete.</summary>
    Restored,
}

/// <summary>A database that has the same identity under every name.</summary>
/// <param name="SystemIdentifier">The number that <c>initdb</c> gave its server.</param>
/// <param name="DatabaseId">Its number.</param>
/// <param name="Name">Its name.</param>
sealed record DatabaseIdentity(string SystemIdentifier, long DatabaseId, string Name)
{
    /// <summary>That of one side, or null where its server does not tell it.</summary>
    /// <param name="side">The side.</param>
    public static DatabaseIdentity? Of(MoveSide side) => side.Facts.SystemIdentifier is { } identifier ? new(identifier, side.Facts.DatabaseId, side.Server.Database.Name) : null;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(CopyState))]
sealed partial class CopyStateJsonContext : JsonSerializerContext;
