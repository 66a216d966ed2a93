using LangSmithPg.Connections;

namespace LangSmithPg.Servers;

/// <summary>What came of one look at a server: it let us in, and perhaps told its facts, or it did not.</summary>
sealed record ServerObservation
{
    /// <summary>The connection that was tried.</summary>
    public required PgConnectionString Connection { get; init; }

    /// <summary>The host that answered, or the last one that was tried.</summary>
    public required PgHost Host { get; init; }

    /// <summary>Why there was no getting in, or null.</summary>
    public ConnectionFailure? Failure { get; init; }

    /// <summary>What the server says, or null when there was no getting in or nothing was asked.</summary>
    public ServerFacts? Facts { get; init; }

    /// <summary>The server's version as it says it on connecting, or null when there was no getting in.</summary>
    public string? ServerVersion { get; init; }

    /// <summary>TLS as this side sees it, or null without TLS.</summary>
    public ClientTls? Tls { get; init; }

    /// <summary>The pooler in between, or null when the connection is direct or nothing was asked.</summary>
    public PoolerFacts? Pooler { get; init; }

    /// <summary>How long it took to get in, or to fail.</summary>
    public TimeSpan ConnectTime { get; init; }

    /// <summary>How long everything took.</summary>
    public TimeSpan Elapsed { get; init; }
}
