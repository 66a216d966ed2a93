using LangSmithPg.Core.Tests.Files;
using LangSmithPg.Sandbox.Postgres;
using LangSmithPg.Sandbox.Tls;

namespace LangSmithPg.Postgres.Tests.Tls;

/// <summary>
/// Servers whose certificates are good or bad in one way each, and clients alike. User <see cref="Certified"/> needs a certificate
/// beside the password; user <see cref="Free"/> needs none, and no TLS.
/// </summary>
public sealed class TlsMaterial : IAsyncDisposable
{
    public const string Certified = "certified";
    public const string Free = "free";
    public const string Password = "S3cr3t-of-both";

    readonly TemporaryFolder _folder = new();
    readonly Dictionary<ServerKind, PostgresServer> _servers = [];

    TlsMaterial()
    {
    }

    public enum ServerKind
    {
        Good,
        Expired,
        WrongName,
        UnknownAuthority,
        MissingIntermediate,
        NotForServers,
        Sha1Signature,
        ShortKey,
        WrongKeyUsage,
    }

    public enum ClientKind
    {
        None,
        Good,
        WrongAuthority,
        WrongUser,
    }

    /// <summary>The kinds that OpenSSL refuses at security level 2, as in LangSmith's images, and takes at level 1.</summary>
    public static IReadOnlyList<ServerKind> Weak { get; } = [ServerKind.Sha1Signature, ServerKind.ShortKey];

    /// <summary>The file with the authority that is trusted.</summary>
    public string RootFile => _folder.File("root.crt");

    public PostgresServer this[ServerKind kind] => _servers[kind];

    public static async Task<TlsMaterial> StartAsync(int major)
    {
        var material = new TlsMaterial();
        using var root = CertificateAuthority.CreateRoot();
        using var intermediate = root.CreateIntermediate();
        using var stranger = CertificateAuthority.CreateRoot("Stranger");
        using var clients = CertificateAuthority.CreateRoot("Clients");
        material.Write("root.crt", root.CertificatePem);
        material.Write(ClientKind.Good, clients.IssueClient(Certified));
        material.Write(ClientKind.WrongAuthority, stranger.IssueClient(Certified));
        material.Write(ClientKind.WrongUser, clients.IssueClient("somebody"));
        var good = intermediate.IssueServer(["localhost"]);
        Dictionary<ServerKind, ServerTls> tls = new()
        {
            [ServerKind.Good] = good.ToServerTls(clients),
            [ServerKind.Expired] = intermediate.IssueServer(["localhost"], Validity.Expired).ToServerTls(clients),
            [ServerKind.WrongName] = intermediate.IssueServer(["db.example.com"]).ToServerTls(clients),
            [ServerKind.UnknownAuthority] = stranger.IssueServer(["localhost"]).ToServerTls(clients),
            [ServerKind.MissingIntermediate] = new(good.CertificatePem, good.KeyPem, clients.CertificatePem),
            [ServerKind.NotForServers] = intermediate.IssueClient("localhost").ToServerTls(clients),
            [ServerKind.Sha1Signature] = intermediate.IssueWeakServer(CertificateWeakness.Sha1Signature).ToServerTls(clients),
            [ServerKind.ShortKey] = intermediate.IssueWeakServer(CertificateWeakness.ShortKey).ToServerTls(clients),
            [ServerKind.WrongKeyUsage] = intermediate.IssueWeakServer(CertificateWeakness.WrongKeyUsage).ToServerTls(clients),
        };
        foreach (var (kind, one) in tls)
        {
            material._servers[kind] = await Sandbox.Tests.Servers.StartAsync(new()
            {
                Major = major,
                Tls = one,
                HbaLines =
                [
                    $"hostssl all {Certified} 127.0.0.1/32 scram-sha-256 clientcert=verify-full",
                    $"hostnossl all {Certified} 127.0.0.1/32 reject",
                    $"host all {Free} 127.0.0.1/32 scram-sha-256",
                ],
                InitStatements = [$"CREATE ROLE {Certified} LOGIN PASSWORD '{Password}'", $"CREATE ROLE {Free} LOGIN PASSWORD '{Password}'"],
            });
        }

        return material;
    }

    /// <summary>The parameters by which a client shows its certificate.</summary>
    public IReadOnlyList<(string Name, string Value)> ParametersOf(ClientKind client) => client == ClientKind.None
        ? []
        : [("sslcert", _folder.File($"{client}.crt")), ("sslkey", _folder.File($"{client}.key"))];

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values)
        {
            await server.DisposeAsync();
        }

        _folder.Dispose();
    }

    void Write(ClientKind kind, IssuedCertificate certificate)
    {
        Write($"{kind}.crt", certificate.ChainPem);
        Write($"{kind}.key", certificate.KeyPem);
    }

    void Write(string name, string text)
    {
        File.WriteAllText(_folder.File(name), text);
        if (!OperatingSystem.IsWindows())
        {
            // libpq wants keys that nobody else can read.
            File.SetUnixFileMode(_folder.File(name), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
