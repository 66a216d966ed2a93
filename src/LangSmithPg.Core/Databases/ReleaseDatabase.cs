using LangSmithPg.Common;
using LangSmithPg.Connections;

namespace LangSmithPg.Databases;

/// <summary>A PostgreSQL database of a LangSmith release: where it is, what configures it, who uses it, and what it needs.</summary>
public sealed record ReleaseDatabase
{
    /// <summary>What it is for.</summary>
    public required DatabasePurpose Purpose { get; init; }

    /// <summary>Where it is under the values.</summary>
    public required DatabaseLocation Location { get; init; }

    /// <summary>The values that configure it, such as <c>polly.postgres.external</c>.</summary>
    public required ValuesPath ValuesPath { get; init; }

    /// <summary>The values that it depends on, such as <c>fleet.enabled</c>; <c>always</c> when there are none.</summary>
    public required string EnabledWhen { get; init; }

    /// <summary>The Secret of yours that the values name; null where they name none.</summary>
    public string? SecretName { get; init; }

    /// <summary>The keys that the Secret must have.</summary>
    public required IReadOnlyList<string> SecretKeys { get; init => field = value.ToArray(); }

    /// <summary>The connection, where the values contain it; null otherwise.</summary>
    public PgConnectionString? Connection { get; init; }

    /// <summary>The value that enables logins with a cloud's identities; null where only passwords are supported.</summary>
    public ValuesPath? IamKey { get; init; }

    /// <summary>The cloud whose identities log in, as the values specify; null for a password.</summary>
    public IamAuthProvider? IamAuthProvider { get; init; }

    /// <summary>How the values configure TLS.</summary>
    public required DatabaseTls Tls { get; init; }

    /// <summary>The environment variable that leads the pods to it; <c>*</c> stands for parts that differ.</summary>
    public required string Variable { get; init; }

    /// <summary>The pods that connect to it under the values, by their names after the full name of the release.</summary>
    public required IReadOnlyList<string> Pods { get; init => field = value.ToArray(); }

    /// <summary>The oldest major version of PostgreSQL that is supported; null where none is documented.</summary>
    public required int? MinimumMajorVersion { get; init; }

    /// <summary>Whether it needs a server without other databases, and must be empty at first.</summary>
    public bool IsDedicated { get; init; }

    /// <summary>The extensions that its migrations create.</summary>
    public required IReadOnlyList<string> Extensions { get; init => field = value.ToArray(); }

    /// <inheritdoc/>
    public override string ToString() => $"{Purpose}: {ValuesPath}";
}
