using LangSmithPg.Connections;

namespace LangSmithPg.Preflight;

/// <summary>A database that a preflight tests, and what its test has of a pod that uses it.</summary>
public sealed record PreflightDatabase
{
    /// <summary>What the database is for.</summary>
    public required DatabasePurpose Purpose { get; init; }

    /// <summary>The Job that tests it: one for all databases whose pods have the same account, labels and other properties of a pod.</summary>
    public required string JobName { get; init; }

    /// <summary>The service account, whose identity logs in.</summary>
    public required string ServiceAccountName { get; init; }

    /// <summary>Where the connection lies: one key of a Secret for a URL, several for its parts.</summary>
    public required IReadOnlyList<SecretReference> Connection { get; init => field = value.ToArray(); }

    /// <summary>The Secrets that are mounted.</summary>
    public required IReadOnlyList<SecretReference> Mounts { get; init => field = value.ToArray(); }

    /// <inheritdoc/>
    public override string ToString() => $"{Purpose}: Job {JobName}";
}
