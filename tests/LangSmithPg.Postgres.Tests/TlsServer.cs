using LangSmithPg.Sandbox.Postgres;
using LangSmithPg.Sandbox.Tls;

namespace LangSmithPg.Postgres.Tests;

/// <summary>
/// A server whose certificate comes by way of an intermediate authority and is for the name <c>localhost</c> alone: by its address
/// it is a stranger.
/// </summary>
public sealed class TlsServer : IAsyncDisposable
{
    /// <summary>A role that logs in with a client certificate.</summary>
    public const string Certified = "certified";

    /// <summary>A role that the access rules turn away by name.</summary>
    public const string Rejected = "rejected";

    /// <summary>A role that may come without TLS, and only so.</summary>
    public const string Plain = "plain";

    readonly CertificateAuthority _clients;
    readonly TemporaryFile _root;
    readonly TemporaryFile _intermediate;
    readonly TemporaryFile _stranger;

    TlsServer(PostgresServer server, CertificateAuthority clients, TemporaryFile root, TemporaryFile intermediate, TemporaryFile stranger)
    {
        Server = server;
        _clients = clients;
        _root = root;
        _intermediate = intermediate;
        _stranger = stranger;
    }

    public PostgresServer Server { get; }

    /// <summary>The file with the root authority.</summary>
    public string RootFile => _root.Path;

    /// <summary>A file with the intermediate authority alone.</summary>
    public string IntermediateFile => _intermediate.Path;

    /// <summary>A file with an authority that has nothing to do with the server.</summary>
    public string StrangerFile => _stranger.Path;

    /// <summary>A client certificate that the server accepts.</summary>
    public IssuedCertificate IssueClient(string role) => _clients.IssueClient(role);

    public static async Task<TlsServer> StartAsync()
    {
        using var root = CertificateAuthority.CreateRoot();
        using var intermediate = root.CreateIntermediate();
        using var stranger = CertificateAuthority.CreateRoot("Stranger");
        var clients = CertificateAuthority.CreateRoot("Clients");
        var server = await Sandbox.Tests.Servers.StartAsync(new()
        {
            Tls = intermediate.IssueServer(["localhost"]).ToServerTls(clients),
            HbaLines =
            [
                $"hostssl all {Certified} 127.0.0.1/32 cert",
                $"host all {Rejected} 127.0.0.1/32 reject",
                $"hostnossl all {Plain} 127.0.0.1/32 scram-sha-256",
                $"hostssl all {Plain} 127.0.0.1/32 reject",
                "hostssl postgres all 127.0.0.1/32 scram-sha-256",
            ],
            InitStatements =
            [
                $"CREATE ROLE {Certified} LOGIN",
                $"CREATE ROLE {Rejected} LOGIN",
                $"CREATE ROLE {Plain} LOGIN PASSWORD '{Tenant.Password}'",
                "CREATE DATABASE unlisted",
            ],
        });
        return new(server, clients, new(root.CertificatePem), new(intermediate.CertificatePem), new(stranger.CertificatePem));
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _clients.Dispose();
        _root.Dispose();
        _intermediate.Dispose();
        _stranger.Dispose();
    }
}
