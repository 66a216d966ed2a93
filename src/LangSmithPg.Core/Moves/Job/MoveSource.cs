using LangSmithPg.Connections;
using LangSmithPg.Preflight;

namespace LangSmithPg.Moves.Job;

/// <summary>A database that a move job copies, and where it copies it to.</summary>
public sealed record MoveSource
{
    /// <summary>What the database is for.</summary>
    public required DatabasePurpose Purpose { get; init; }

    /// <summary>The Job that copies it.</summary>
    public required string JobName { get; init; }

    /// <summary>The server in the cluster: name of its Service and its StatefulSet.</summary>
    public required string ServerName { get; init; }

    /// <summary>The claim for its volume, with which it is possible to go back; null where the data is on no volume of its own.</summary>
    public string? ClaimName { get; init; }

    /// <summary>Whether Kubernetes deletes the claim, and with it the data, when the release no longer has the server.</summary>
    public bool IsClaimDeleted { get; init; }

    /// <summary>The keys of a Secret that the login of the server comes from.</summary>
    public required IReadOnlyList<SecretReference> Login { get; init => field = value.ToArray(); }

    /// <summary>Where the connection to the target lies.</summary>
    public required SecretReference Target { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Purpose}: {ServerName} to Secret {Target}";
}
