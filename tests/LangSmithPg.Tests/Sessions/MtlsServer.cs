using LangSmithPg.Postgres.Tests;
using LangSmithPg.Sandbox.Postgres;
using LangSmithPg.Sandbox.Tls;

namespace LangSmithPg.Tests.Sessions;

/// <summary>
/// A server that lets user <c>app</c> in with a client certificate beside the password, and <see cref="CertificateUser"/> with a
/// certificate alone; and the files that an admin has in hand.
/// </summary>
sealed class MtlsServer : IAsyncDisposable
{
    public const string Password = "S3cr3t-of-app";
    public const string CertificateUser = "keyholder";
    public const string PfxPassword = "N33dle-of-pfx";

    readonly string _folder = Directory.CreateTempSubdirectory("langsmithpg-tests-").FullName;
    PostgresServer _server = null!;

    public int Port => _server.Port;

    public string Folder => _folder;

    public static async Task<MtlsServer> StartAsync(int major)
    {
        var made = new MtlsServer();
        using var root = CertificateAuthority.CreateRoot("Server Root");
        using var clients = CertificateAuthority.CreateRoot("Client Root");
        using var intermediate = clients.CreateIntermediate("Client Intermediate");
        using var stranger = CertificateAuthority.CreateRoot("Stranger");
        var app = intermediate.IssueClient("app");
        made.Write("ca.crt", root.CertificatePem);
        made.Write("client.crt", app.ChainPem);
        made.Write("client.key", app.KeyPem);
        made.Write("both.pem", app.ChainPem + app.KeyPem);
        made.Write("direct.pem", clients.IssueClient("app") is var direct ? direct.ChainPem + direct.KeyPem : "");
        made.Write("stranger.pem", stranger.IssueClient("app") is var other ? other.ChainPem + other.KeyPem : "");
        made.Write("somebody.pem", clients.IssueClient("somebody") is var one ? one.ChainPem + one.KeyPem : "");
        made.Write("keyholder.pem", intermediate.IssueClient(CertificateUser) is var holder ? holder.ChainPem + holder.KeyPem : "");
        System.IO.File.WriteAllBytes(made.File("client.pfx"), app.ToPfx(PfxPassword));
        try
        {
            made._server = await PostgresServer.StartAsync(new()
            {
                Major = major,
                IgnoreInstalled = true,
                Tls = root.IssueServer(["localhost"]).ToServerTls(clients),
                HbaLines = ["hostssl all app 127.0.0.1/32 scram-sha-256 clientcert=verify-full", $"hostssl all {CertificateUser} 127.0.0.1/32 cert"],
                InitStatements = [$"CREATE ROLE app LOGIN PASSWORD '{Password}'", $"CREATE ROLE {CertificateUser} LOGIN", "CREATE DATABASE langsmith OWNER app"],
            });
        }
        catch (Exception exception)
        {
            await made.DisposeAsync();
            Assert.SkipWhen(exception is PostgresNotAvailableException && Environment.GetEnvironmentVariable("CI") != "true", exception.Message);
            throw;
        }

        return made;
    }

    public string File(string name) => Path.Join(_folder, name);

    /// <summary>Logs in with psql itself, by the files of a folder that are named as the chart mounts them.</summary>
    public Task<(int ExitCode, string Output)> LogInAsync(Psql psql, string mounted, string user = "app") => psql.RunAsync(
        Password,
        "",
        $"host=localhost port={Port} dbname=langsmith user={user} sslmode=verify-full sslrootcert={mounted}/custom-ca-certificates.crt sslcert={mounted}/client.crt sslkey={mounted}/client.key",
        "-Atc",
        "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()");

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    void Write(string name, string text) => System.IO.File.WriteAllText(File(name), text);
}
