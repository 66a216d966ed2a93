using LangSmithPg.Servers;
using SslMode = LangSmithPg.Connections.SslMode;

namespace LangSmithPg.Postgres.Tests.Connections;

/// <summary>What the admin's machine has in its environment changes nothing: LangSmith's pods do not have it.</summary>
[Collection(nameof(NonParallel))]
public sealed class EnvironmentTests(SharedServers servers)
{
    public static TheoryData<string, string> Hostile => new()
    {
        { "PGPASSWORD", "wrong" },
        { "PGPASSFILE", "/not/there" },
        { "PGUSER", "nobody" },
        { "PGOPTIONS", "-c search_path=nowhere -c nonsense=1" },
        { "PGTZ", "Mars/Olympus" },
        { "PGSSLROOTCERT", "/not/there" },
        { "PGSSLCERT", "/not/there" },
        { "PGSSLKEY", "/not/there" },
        { "PGAPPNAME", "somebody" },
        { "PGCLIENTENCODING", "SQL_ASCII" },
        { "PGTARGETSESSIONATTRS", "standby" },
        { "PGSSLNEGOTIATION", "direct" },
        { "PGGSSENCMODE", "require" },
        { "PGREQUIREAUTH", "none" },
    };

    // PGOPTIONS is kept out by a blank, and that is said.
    public static IEnumerable<ITheoryDataRow> Unsaid => Hostile.Where(row => row.Data.Item1 != "PGOPTIONS");

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task A_hostile_value_changes_nothing(string name, string value)
    {
        var tls = await servers.GetTlsAsync();
        using var variable = new EnvironmentVariable(name, value);

        var observation = await (tls.Server.Parts() with { HostName = "localhost", SslMode = SslMode.VerifyFull })
            .With("sslrootcert", tls.RootFile)
            .LookAsync();

        Assert.Null(observation.Failure);
        Assert.NotNull(observation.Tls);
        Assert.Equal(["pg_catalog", "public"], observation.Facts!.SearchPath);
        Assert.Equal(tls.Server.SuperUserName, observation.Facts.Role.SessionUser);
    }

    [Theory]
    [MemberData(nameof(Unsaid))]
    public async Task What_the_client_says_first_is_the_same(string name, string value)
    {
        var (plain, tls) = (await FirstWordsAsync(SslMode.Disable), await FirstWordsAsync(SslMode.Require));

        using var variable = new EnvironmentVariable(name, value);

        Assert.Equal(plain, await FirstWordsAsync(SslMode.Disable));
        Assert.Equal(tls, await FirstWordsAsync(SslMode.Require));
    }

    [Fact]
    public async Task A_password_of_the_environment_is_not_used()
    {
        var server = await servers.GetAsync();
        using var file = new TemporaryFile($"*:*:*:*:{server.SuperUserPassword}\n");
        using var password = new EnvironmentVariable("PGPASSWORD", server.SuperUserPassword);
        using var passwordFile = new EnvironmentVariable("PGPASSFILE", file.Path);

        await (server.Parts() with { Password = null }).FailAsync(ConnectionFailureKind.PasswordMissing);
    }

    [Fact]
    public async Task A_root_certificate_of_the_environment_is_not_trusted()
    {
        var tls = await servers.GetTlsAsync();
        using var root = new EnvironmentVariable("PGSSLROOTCERT", tls.RootFile);

        await (tls.Server.Parts() with { HostName = "localhost", SslMode = SslMode.VerifyFull })
            .FailAsync(ConnectionFailureKind.CertificateNotTrusted);
    }

    [Fact]
    public async Task A_client_certificate_of_the_environment_is_not_sent()
    {
        var tls = await servers.GetTlsAsync();
        var issued = tls.IssueClient(TlsServer.Certified);
        using var certificateFile = new TemporaryFile(issued.ChainPem);
        using var keyFile = new TemporaryFile(issued.KeyPem);
        using var certificate = new EnvironmentVariable("PGSSLCERT", certificateFile.Path);
        using var key = new EnvironmentVariable("PGSSLKEY", keyFile.Path);
        var certified = tls.Server.Connection();
        (certified.Username, certified.Password, certified.SslMode) = (TlsServer.Certified, null, Npgsql.SslMode.Require);
        Assert.Equal(TlsServer.Certified, await certified.AskAsync("SELECT current_user"));

        await (tls.Server.Parts() with { UserName = TlsServer.Certified, SslMode = SslMode.Require })
            .FailAsync(ConnectionFailureKind.ClientCertificateMissing);
    }

    static async Task<string> FirstWordsAsync(SslMode mode)
    {
        var said = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new LoopbackServer(async (stream, cancellationToken) =>
        {
            var buffer = new byte[4096];
            var length = await stream.ReadAtLeastAsync(buffer, 1, cancellationToken: cancellationToken);
            said.TrySetResult(Convert.ToHexString(buffer, 0, length));
        });
        await (server.Parts with { SslMode = mode }).FailAsync(ConnectionFailureKind.ConnectionClosed);
        return await said.Task;
    }
}
