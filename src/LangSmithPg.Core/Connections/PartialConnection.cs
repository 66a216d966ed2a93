using LangSmithPg.Common;
using LangSmithPg.Connections.Parsing;
using LangSmithPg.Clouds;

namespace LangSmithPg.Connections;

/// <summary>What is known of a connection: a row of a table, a server as its cloud describes it, or what is to be different. Null for what is not known.</summary>
sealed record PartialConnection
{
    /// <summary>DNS name or address of the server; IPv6 with or without brackets.</summary>
    public string? HostName { get; init; }

    /// <summary>TCP port.</summary>
    public int? Port { get; init; }

    /// <summary>Name of the database.</summary>
    public string? Database { get; init; }

    /// <summary>Role to log in as; with IAM the identity's name in the database.</summary>
    public string? UserName { get; init; }

    /// <summary>The password.</summary>
    public Secret? Password { get; init; }

    /// <summary>TLS mode.</summary>
    public SslMode? SslMode { get; init; }

    /// <summary>Whether to trust the authorities that the system trusts.</summary>
    public bool? UseSystemRootCertificate { get; init; }

    /// <summary>The cloud whose identity logs in.</summary>
    public IamAuthProvider? IamAuthProvider { get; init; }

    /// <summary>The schema that LangSmith uses.</summary>
    public string? Schema { get; init; }

    /// <summary>What LangSmith uses the database for.</summary>
    public DatabasePurpose? Purpose { get; init; }

    /// <summary>Further URL parameters, in order.</summary>
    public IReadOnlyList<PgParameter>? Parameters { get; init; }

    /// <summary>What the server's cloud says of it.</summary>
    public CloudServer? Server { get; init; }

    /// <summary>Whether nothing is known.</summary>
    public bool IsEmpty => this == new PartialConnection();

    /// <summary>The same, with what is not known here from another one. A password goes with its user.</summary>
    /// <param name="other">The other one.</param>
    public PartialConnection Or(PartialConnection other) => new()
    {
        HostName = HostName ?? other.HostName,
        Port = Port ?? other.Port,
        Database = Database ?? other.Database,
        UserName = UserName ?? other.UserName,
        Password = Password ?? (UserName is null || other.UserName is null || UserName == other.UserName ? other.Password : null),
        SslMode = SslMode ?? other.SslMode,
        UseSystemRootCertificate = UseSystemRootCertificate ?? other.UseSystemRootCertificate,
        IamAuthProvider = IamAuthProvider ?? other.IamAuthProvider,
        Schema = Schema ?? other.Schema,
        Purpose = Purpose ?? other.Purpose,
        Parameters = Parameters ?? other.Parameters,
        // It is about one host.
        Server = HostName is null ? other.Server : Server,
    };

    /// <summary>
    /// The connection, checked. Where no TLS mode is known it is <c>require</c>, with the system's authorities <c>verify-full</c>; the port is
    /// 5432 and the schema <c>public</c>.
    /// </summary>
    public ConnectionResult Complete() => ConnectionDraft.FromParts(new()
    {
        HostName = HostName ?? "",
        Port = Port ?? PgHost.DefaultPort,
        Database = Database ?? "",
        UserName = UserName ?? "",
        Password = Password,
        SslMode = SslMode ?? (UseSystemRootCertificate is true ? Connections.SslMode.VerifyFull : Connections.SslMode.Require),
        UseSystemRootCertificate = UseSystemRootCertificate is true,
        IamAuthProvider = IamAuthProvider,
        Schema = Schema ?? PgConnectionString.DefaultSchema,
        Purpose = Purpose ?? DatabasePurpose.LangSmith,
        Parameters = Parameters ?? [],
        Server = Server,
    }).Finish(format: null);
}
