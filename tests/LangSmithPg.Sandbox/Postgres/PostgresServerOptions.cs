using LangSmithPg.Sandbox.Tls;

namespace LangSmithPg.Sandbox.Postgres;

/// <summary>How to start a <see cref="PostgresServer"/>. The defaults give an empty server that is quick rather than durable.</summary>
public sealed record PostgresServerOptions
{
    /// <summary>The wanted major version; null for the newest of the first place that has any.</summary>
    public int? Major { get; init; }

    /// <summary>Whether to pass over what is installed and use the pinned build, so that every machine runs the same server.</summary>
    public bool IgnoreInstalled { get; init; }

    /// <summary>Lines of <c>postgresql.conf</c>, which win over the sandbox's own. Values are given unquoted.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>All lines of <c>pg_hba.conf</c>; by default everyone may come over loopback with a SCRAM password.</summary>
    public IReadOnlyList<string> HbaLines { get; init; } =
    [
        "host all all 127.0.0.1/32 scram-sha-256",
        "host all all ::1/128 scram-sha-256",
    ];

    /// <summary>The server's certificate; null for a server without TLS.</summary>
    public ServerTls? Tls { get; init; }

    /// <summary>
    /// SQL that runs in the database <c>postgres</c> before the server listens: one statement each, without a blank line
    /// after a semicolon inside it.
    /// </summary>
    public IReadOnlyList<string> InitStatements { get; init; } = [];

    /// <summary>The password of the role <c>postgres</c>; null for a random one.</summary>
    public string? SuperUserPassword { get; init; }
}
