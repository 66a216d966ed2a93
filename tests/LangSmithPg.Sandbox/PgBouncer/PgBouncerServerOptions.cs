using LangSmithPg.Sandbox.Postgres;
using LangSmithPg.Sandbox.Tls;

namespace LangSmithPg.Sandbox.PgBouncer;

/// <summary>How to start a <see cref="PgBouncerServer"/>.</summary>
public sealed record PgBouncerServerOptions
{
    /// <summary>The host of the PostgreSQL server that every database name leads to.</summary>
    public required string UpstreamHost { get; init; }

    /// <summary>The port of that server.</summary>
    public required int UpstreamPort { get; init; }

    /// <summary>Who may sign in, with the password for both sides; names are the server's own.</summary>
    public IReadOnlyDictionary<string, string> Users { get; init; } = new Dictionary<string, string>();

    /// <summary>When a server connection is taken back from its client.</summary>
    public PoolMode PoolMode { get; init; } = PoolMode.Transaction;

    /// <summary>Startup parameters that are accepted and dropped; any other that pgbouncer does not know is refused.</summary>
    public IReadOnlyList<string> IgnoreStartupParameters { get; init; } = [];

    /// <summary>The certificate for clients; null for a pooler without TLS.</summary>
    public ServerTls? Tls { get; init; }

    /// <summary>Lines of the section <c>[pgbouncer]</c>, which win over the sandbox's own.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Options for a pooler in front of a server of the sandbox, with its superuser as the only user.</summary>
    /// <param name="server">The server.</param>
    public static PgBouncerServerOptions For(PostgresServer server) => new()
    {
        UpstreamHost = server.Host,
        UpstreamPort = server.Port,
        Users = new Dictionary<string, string> { [server.SuperUserName] = server.SuperUserPassword },
    };
}
