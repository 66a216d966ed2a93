using System.Security.Cryptography;
using LangSmithPg.Sandbox.Postgres;
using LangSmithPg.Sandbox.Tls;

[assembly: AssemblyFixture(typeof(LangSmithPg.Tests.Sessions.LiveServer))]

namespace LangSmithPg.Tests.Sessions;

/// <summary>One server with TLS for all tests: a database that is ready, and one that is not.</summary>
public sealed class LiveServer : IAsyncLifetime
{
    /// <summary>The password of both users: whatever one driver or another trips over, and easy to search for.</summary>
    public const string Password = "S3cr3t p@ss:w/o?r#d% [100]&+€";

    CertificateAuthority? _authority;
    PostgresServer? _server;
    string? _missing;

    public int Port => Server.Port;

    PostgresServer Server
    {
        get
        {
            if (_server is null)
            {
                Assert.Skip(_missing!);
            }

            return _server;
        }
    }

    public async ValueTask InitializeAsync()
    {
        try
        {
            _authority = CertificateAuthority.CreateRoot();
            _server = await PostgresServer.StartAsync(new()
            {
                IgnoreInstalled = true,
                Tls = _authority.IssueServer(["localhost", "127.0.0.1"]).ToServerTls(),
                InitStatements =
                [
                    $"CREATE ROLE owner LOGIN PASSWORD '{Password}'",
                    $"CREATE ROLE guest LOGIN PASSWORD '{Password}'",
                    $"CREATE ROLE boss LOGIN CREATEROLE CREATEDB PASSWORD '{Password}'",
                    "CREATE DATABASE ready OWNER owner",
                    "CREATE ROLE rds_iam",
                    "CREATE ROLE iam_marked LOGIN IN ROLE rds_iam",
                    "GRANT iam_marked TO boss WITH ADMIN TRUE, INHERIT FALSE, SET FALSE",
                    "CREATE DATABASE bare",
                    "CREATE DATABASE install_here OWNER owner",
                    "CREATE DATABASE install_script OWNER owner",
                    "CREATE DATABASE move_from OWNER owner",
                    "CREATE DATABASE move_to OWNER owner",
                    $"CREATE ROLE old_owner LOGIN PASSWORD '{Password}'",
                    $"CREATE ROLE \"sa@proj.iam\" LOGIN PASSWORD '{Password}' IN ROLE old_owner",
                    "CREATE DATABASE hand_over OWNER old_owner",
                    "CREATE DATABASE compared OWNER owner",
                    "CREATE DATABASE queried OWNER owner",
                ],
            });
        }
        catch (PostgresNotAvailableException exception) when (Environment.GetEnvironmentVariable("CI") != "true")
        {
            _missing = exception.Message;
        }
        catch (CryptographicException exception) when (OperatingSystem.IsWindows())
        {
            // Wine has no keys for an authority.
            _missing = $"A server with TLS cannot be had here: {exception.Message}";
        }
    }

    /// <summary>Arguments of New-LangSmithPgConnectionString for a user and database; the variable $password holds the password.</summary>
    public string Arguments(string user, string database) =>
        $"-HostName localhost -Port {Port} -Database {database} -UserName {user} -Password $password";

    /// <summary>Gives a session $ready and $bare to look at, and $wrong, whose password is.</summary>
    internal void Introduce(ModuleSession session)
    {
        session.Set("password", Password);
        session.Run($"""
            $ready = New-LangSmithPgConnectionString {Arguments("owner", "ready")}
            $bare = New-LangSmithPgConnectionString {Arguments("guest", "bare")}
            $wrong = New-LangSmithPgConnectionString -HostName localhost -Port {Port} -Database bare -UserName guest -Password wrong
            """).ThrowIfFailed();
    }

    public async ValueTask DisposeAsync()
    {
        _authority?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
