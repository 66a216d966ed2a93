using LangSmithPg.Common;
using LangSmithPg.Clouds;

namespace LangSmithPg.Connections;

/// <summary>A connection as an admin describes it, before it is checked.</summary>
sealed record ConnectionParts
{
    /// <summary>DNS name or address of the server; IPv6 with or without brackets.</summary>
    public required string HostName { get; init; }

    /// <summary>TCP port.</summary>
    public int Port { get; init; } = PgHost.DefaultPort;

    /// <summary>Name of the database.</summary>
    public required string Database { get; init; }

    /// <summary>Role to log in as; with IAM the identity's name in the database.</summary>
    public required string UserName { get; init; }

    /// <summary>The password, or null.</summary>
    public Secret? Password { get; init; }

    /// <summary>TLS mode; null says nothing, so that each driver takes its default (<c>prefer</c>).</summary>
    public SslMode? SslMode { get; init; }

    /// <summary>Whether to trust the authorities that the system trusts (<c>sslrootcert=system</c>).</summary>
    public bool UseSystemRootCertificate { get; init; }

    /// <summary>The cloud whose identity logs in, or null for a password.</summary>
    public IamAuthProvider? IamAuthProvider { get; init; }

    /// <summary>The schema that LangSmith uses.</summary>
    public string Schema { get; init; } = PgConnectionString.DefaultSchema;

    /// <summary>What LangSmith uses the database for.</summary>
    public DatabasePurpose Purpose { get; init; } = DatabasePurpose.LangSmith;

    /// <summary>Further URL parameters, in order.</summary>
    public IReadOnlyList<PgParameter> Parameters { get; init; } = [];

    /// <summary>What the server's cloud says of it, or null.</summary>
    public CloudServer? Server { get; init; }
}
