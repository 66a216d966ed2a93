using System.Security.Authentication;
using LangSmithPg.Connections;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Postgres.Tests.Tls;
using LangSmithPg.Servers;

namespace LangSmithPg.Postgres.Tests.Connections;

/// <summary>Parameters that keep a password from strangers do so, as they do in libpq.</summary>
public sealed class ProtectiveParameterTests(SharedServers servers)
{
    static readonly byte[] LetIn = [.. Protocol.Welcome, .. Protocol.Parameter("server_version", "16.1"), .. Protocol.ReadyForQuery];

    static readonly Dictionary<string, byte[]> Answers = new()
    {
        ["password"] = Protocol.AskForPassword,
        ["md5"] = Protocol.AskForHash,
        ["gss"] = Protocol.AskForGss,
        ["none"] = LetIn,
        ["scram"] = Protocol.AskForSasl("SCRAM-SHA-256"),
        ["oauth"] = Protocol.AskForSasl("OAUTHBEARER"),
    };

    // What is asked for, over TLS or not, and what the connection says.
    [Theory]
    [InlineData("password", true, "require_auth=scram-sha-256")]
    [InlineData("password", false, "require_auth=scram-sha-256")]
    [InlineData("password", true, "require_auth=md5,scram-sha-256")]
    [InlineData("password", true, "require_auth=!password")]
    [InlineData("password", true, "require_auth=!password,!md5")]
    [InlineData("password", true, "require_auth=none")]
    [InlineData("md5", true, "require_auth=scram-sha-256")]
    [InlineData("md5", false, "require_auth=!md5")]
    [InlineData("none", true, "require_auth=scram-sha-256")]
    [InlineData("none", true, "require_auth=!none")]
    [InlineData("gss", true, "require_auth=scram-sha-256")]
    [InlineData("scram", true, "require_auth=password,md5,none")]
    [InlineData("scram", true, "require_auth=!scram-sha-256")]
    [InlineData("password", true, "channel_binding=require")]
    [InlineData("md5", true, "channel_binding=require")]
    [InlineData("none", true, "channel_binding=require")]
    [InlineData("scram", true, "channel_binding=require")]
    public async Task A_login_that_the_connection_forbids_gets_nothing(string asked, bool tls, string parameter)
    {
        await using var server = new Stranger(Answers[asked], tls);
        var parts = With(server.Parts with { SslMode = tls ? SslMode.Require : SslMode.Disable }, parameter);

        var failure = await FailAsync(parts, ConnectionFailureKind.LoginMethodNotSupported);

        Assert.DoesNotContain(Tenant.Password, failure.Detail ?? "", StringComparison.Ordinal);
        Assert.Empty(Secrets(server));
        AssertLibpqRefuses(parts, await Libpq.LoadAsync());
        Assert.Empty(Secrets(server));
    }

    [Theory]
    [InlineData("gss")]
    [InlineData("oauth")]
    public async Task A_server_that_wants_kerberos_or_oauth_is_told_as_such(string asked)
    {
        await using var server = new Stranger(Answers[asked], tls: true);

        var failure = await FailAsync(server.Parts with { SslMode = SslMode.Require }, ConnectionFailureKind.LoginMethodNotSupported);

        Assert.Contains(asked == "gss" ? "Kerberos" : "OAuth", failure.Message, StringComparison.Ordinal);
        Assert.Contains("pg_hba.conf", failure.Fix.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("EnableIntegratedSecurity", failure.Detail, StringComparison.Ordinal);
        Assert.Empty(Secrets(server));
    }

    [Theory]
    [InlineData("password", "require_auth=password")]
    [InlineData("password", "require_auth=!md5,!scram-sha-256")]
    [InlineData("md5", "require_auth=md5,scram-sha-256")]
    [InlineData("scram", "require_auth=scram-sha-256")]
    [InlineData("scram", "require_auth=gss,scram-sha-256")]
    public async Task A_login_that_the_connection_allows_is_begun(string asked, string parameter)
    {
        await using var server = new Stranger(Answers[asked], tls: true);
        var looking = ServerSession.ConnectAsync(
            PgConnectionString.FromParts(With(server.Parts with { SslMode = SslMode.Require }, parameter)).Require(),
            new() { Timeout = TimeSpan.FromSeconds(3) }, TestContext.Current.CancellationToken);

        await looking;

        Assert.NotEmpty(Secrets(server));
    }

    // A connection that has to be refused before anything is sent.
    [Theory]
    [InlineData("require", "sslcrl=/etc/crl.pem")]
    [InlineData("verify-full", "sslcrldir=/etc/crl")]
    [InlineData("disable", "gssencmode=require")]
    [InlineData("require", "gssencmode=require")]
    [InlineData("require", "sslcertmode=require")]
    [InlineData("require", "ssl_max_protocol_version=TLSv1.1")]
    [InlineData("require", "ssl_min_protocol_version=TLSv1.3&ssl_max_protocol_version=TLSv1.2")]
    [InlineData("require", "ssl_min_protocol_version=TLS13")]
    [InlineData("require", "channel_binding=always")]
    [InlineData("require", "require_auth=gss")]
    [InlineData("require", "require_auth=oauth")]
    [InlineData("require", "require_auth=scram-sha-256,!md5")]
    [InlineData("require", "require_auth=kerberos")]
    [InlineData("require", "require_auth=md5,md5")]
    [InlineData("require", "channel_binding=require&require_auth=password")]
    [InlineData("prefer", "sslnegotiation=direct")]
    [InlineData("disable", "sslnegotiation=direct")]
    [InlineData("disable", "sslrootcert=system")]
    [InlineData("require", "sslrootcert=system")]
    [InlineData("require", "sslnegotiation=later")]
    [InlineData("require", "hostaddr=192.0.2.1")]
    [InlineData("require", "service=other")]
    [InlineData("require", "replication=database")]
    [InlineData("require", "min_protocol_version=3.2")]
    [InlineData("require", "scram_client_key=AAAA")]
    public async Task What_cannot_be_kept_to_is_told_before_anything_is_sent(string mode, string parameters)
    {
        await using var server = new Stranger(Protocol.AskForPassword, tls: true);

        var failure = await FailAsync(With(server.Parts with { SslMode = SslModeNames.FromText(mode) }, parameters), ConnectionFailureKind.ParameterNotSupported);

        Assert.Contains(parameters.Split('=')[0], failure.Message, StringComparison.Ordinal);
        Assert.False(failure.WasReached);
        Assert.Equal(0, server.Accepted);
    }

    // What asks for nothing that matters here, or is kept to.
    [Theory]
    [InlineData("gssencmode=prefer")]
    [InlineData("requirepeer=postgres")]
    [InlineData("krbsrvname=postgres")]
    [InlineData("sslcompression=1")]
    [InlineData("sslcertmode=disable")]
    [InlineData("sslcrl=")]
    [InlineData("sslsni=0")]
    [InlineData("replication=false")]
    [InlineData("keepalives=0&tcp_user_timeout=1000&connect_timeout=3")]
    [InlineData("min_protocol_version=3.0&max_protocol_version=latest")]
    [InlineData("ssl_min_protocol_version=TLSv1&ssl_max_protocol_version=TLSv1.3")]
    [InlineData("ssl_min_protocol_version=tlsv1.3")]
    [InlineData("ssl_max_protocol_version=TLSv1.2")]
    [InlineData("channel_binding=require&require_auth=scram-sha-256")]
    [InlineData("sslnegotiation=postgres")]
    public async Task The_rest_gets_in(string parameters)
    {
        var tls = await servers.GetTlsAsync();
        var parts = With(tls.Server.Parts() with { SslMode = SslMode.Require }, parameters);

        var observation = await parts.LookAsync();

        Assert.Null(observation.Failure);
        var version = parameters switch
        {
            _ when parameters.Contains("tlsv1.3", StringComparison.Ordinal) => "TLSv1.3",
            _ when parameters.StartsWith("ssl_max_protocol_version=TLSv1.2", StringComparison.Ordinal) => "TLSv1.2",
            _ => observation.Tls!.Protocol,
        };
        Assert.Equal(version, observation.Tls!.Protocol);
    }

    [Theory]
    [InlineData("ssl_min_protocol_version=TLSv1.3", SslProtocols.Tls12)]
    [InlineData("ssl_max_protocol_version=TLSv1.2", SslProtocols.Tls13)]
    public async Task A_version_of_TLS_that_is_not_wanted_gets_nothing(string parameter, SslProtocols offered)
    {
        await using var server = new Stranger(Protocol.AskForPassword, tls: true, offered);
        var parts = With(server.Parts with { SslMode = SslMode.Require }, parameter);

        await FailAsync(parts, ConnectionFailureKind.TlsHandshakeFailed);

        Assert.Empty(server.Startups);
        AssertLibpqRefuses(parts, await Libpq.LoadAsync());
    }

    [Fact]
    public async Task A_client_certificate_that_the_server_has_to_ask_for_and_does_not()
    {
        using var authority = Sandbox.Tls.CertificateAuthority.CreateRoot();
        var client = authority.IssueClient("app");
        using var certificate = new TemporaryFile(client.ChainPem);
        using var key = new TemporaryFile(client.KeyPem);
        await using var server = new Stranger(Protocol.AskForPassword, tls: true);
        var parts = (server.Parts with { SslMode = SslMode.Require }).With("sslcert", certificate.Path).With("sslkey", key.Path).With("sslcertmode", "require");

        var failure = await FailAsync(parts, ConnectionFailureKind.ClientCertificateNotRequested);

        Assert.Contains("ssl_ca_file", failure.Fix.Text, StringComparison.Ordinal);
        Assert.Empty(Secrets(server));
    }

    [Fact]
    public async Task A_client_certificate_that_the_server_asks_for_is_shown_where_it_has_to_be()
    {
        var tls = await servers.GetTlsAsync();
        var client = tls.IssueClient(TlsServer.Certified);
        using var certificate = new TemporaryFile(client.ChainPem);
        using var key = new TemporaryFile(client.KeyPem);
        var parts = (tls.Server.Parts() with { UserName = TlsServer.Certified, SslMode = SslMode.Require })
            .With("sslcert", certificate.Path).With("sslkey", key.Path);

        Assert.Null((await parts.With("sslcertmode", "require").LookAsync()).Failure);
        await parts.With("sslcertmode", "disable").FailAsync(ConnectionFailureKind.ClientCertificateMissing);
    }

    static ConnectionParts With(ConnectionParts parts, string parameters) => parameters.Split('&').Select(one => one.Split('='))
        .Aggregate(parts, (all, one) => one[0] == ParameterNames.SslRootCert ? all with { UseSystemRootCertificate = true } : all.With(one[0], one[1]));

    static async Task<ConnectionFailure> FailAsync(ConnectionParts parts, ConnectionFailureKind expected)
    {
        var observation = await ServerSession.ConnectAsync(PgConnectionString.FromParts(parts).Require(), new(), TestContext.Current.CancellationToken);
        return observation.AssertFailed(expected);
    }

    // A message that ends the session holds nothing.
    static byte[] Secrets(Stranger server) => server.Received is [(byte)'X', 0, 0, 0, 4, .. var rest] ? rest : server.Received;

    static void AssertLibpqRefuses(ConnectionParts parts, Libpq libpq) =>
        Assert.NotNull(libpq.Connect(PgConnectionString.FromParts(parts).Require().ToPlainText("postgresql")).Error);
}
