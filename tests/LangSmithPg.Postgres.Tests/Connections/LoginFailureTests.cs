using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Servers;
using Npgsql;
using SslMode = LangSmithPg.Connections.SslMode;

namespace LangSmithPg.Postgres.Tests.Connections;

/// <summary>A server that says no, and what it says no to.</summary>
public sealed class LoginFailureTests(SharedServers servers)
{
    [Fact]
    public async Task A_wrong_password()
    {
        var tenant = await TenantAsync();

        var failure = await (tenant.Parts with { Password = Secret.From("wrong") }).FailAsync(ConnectionFailureKind.AuthenticationFailed);

        Assert.Equal(PostgresErrorCodes.InvalidPassword, failure.SqlState);
        Assert.Contains(tenant.Role, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_password()
    {
        var tenant = await TenantAsync();

        var failure = await (tenant.Parts with { Password = null }).FailAsync(ConnectionFailureKind.PasswordMissing);

        Assert.Contains("-AccessToken", failure.Fix.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_does_not_exist_looks_like_a_wrong_password()
    {
        var tenant = await TenantAsync();

        var failure = await (tenant.Parts with { UserName = "nobody" }).FailAsync(ConnectionFailureKind.AuthenticationFailed);

        Assert.Contains("does not exist", failure.Fix.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_may_not_log_in()
    {
        var tenant = await TenantAsync();
        await tenant.AskAsync($"ALTER ROLE {tenant.QuotedRole} NOLOGIN");

        var failure = await tenant.Parts.FailAsync(ConnectionFailureKind.RoleNotAllowed);

        await tenant.AskAsync(failure.Fix.Text);
        await tenant.Parts.FactsAsync();
    }

    [Fact]
    public async Task A_password_that_has_ended()
    {
        var tenant = await TenantAsync();
        await tenant.AskAsync($"ALTER ROLE {tenant.QuotedRole} VALID UNTIL '2001-01-01'");

        var failure = await tenant.Parts.FailAsync(ConnectionFailureKind.AuthenticationFailed);

        Assert.Contains("VALID UNTIL", failure.Fix.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_does_not_exist_and_does_after_the_fix()
    {
        var tenant = await TenantAsync();
        var missing = tenant.Parts with { Database = tenant.Database + " \"too\"" };

        var failure = await missing.FailAsync(ConnectionFailureKind.DatabaseNotFound);

        await tenant.AskAsync(failure.Fix.Text);
        Assert.Equal(tenant.Role, (await missing.FactsAsync()).Database.Owner);
    }

    [Fact]
    public async Task A_database_that_the_role_may_not_connect_to_and_may_after_the_fix()
    {
        var tenant = await TenantAsync();
        await tenant.AskAsync($"REVOKE CONNECT ON DATABASE {tenant.QuotedDatabase} FROM PUBLIC");

        var failure = await tenant.Parts.FailAsync(ConnectionFailureKind.ConnectDenied);

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, failure.SqlState);
        await tenant.AskAsync(failure.Fix.Text);
        await tenant.Parts.FactsAsync();
    }

    [Theory]
    [InlineData("ROLE")]
    [InlineData("DATABASE")]
    public async Task As_many_connections_as_there_may_be(string limited)
    {
        var tenant = await TenantAsync();
        await tenant.AskAsync($"ALTER {limited} {(limited == "ROLE" ? tenant.QuotedRole : tenant.QuotedDatabase)} CONNECTION LIMIT 1");
        await using var only = await OpenTheLastAsync(tenant);

        var failure = await tenant.Parts.FailAsync(ConnectionFailureKind.TooManyConnections);

        Assert.Contains($"ALTER {limited}", failure.Fix.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_many_connections_as_the_server_has()
    {
        await using var server = await Sandbox.Tests.Servers.StartAsync(new()
        {
            Settings = new Dictionary<string, string> { ["max_connections"] = "4", ["superuser_reserved_connections"] = "3" },
        });
        var tenant = await Tenant.CreateAsync(server);
        await using var only = await OpenTheLastAsync(tenant);

        var failure = await tenant.Parts.FailAsync(ConnectionFailureKind.TooManyConnections);

        Assert.Contains("max_connections", failure.Fix.Text, StringComparison.Ordinal);
    }

    // The sessions that made the tenant may take a moment to go.
    static async Task<Npgsql.NpgsqlConnection> OpenTheLastAsync(Tenant tenant)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await tenant.OpenAsRoleAsync();
            }
            catch (Npgsql.PostgresException full) when (full.SqlState == Npgsql.PostgresErrorCodes.TooManyConnections && attempt < 500)
            {
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
        }
    }

    [Theory]
    [InlineData("unlisted", SslMode.Require, "add a rule")]
    [InlineData("postgres", SslMode.Disable, "sslmode=require")]
    public async Task No_access_rule(string database, SslMode mode, string fix)
    {
        var server = (await servers.GetTlsAsync()).Server;

        var failure = await (server.Parts() with { Database = database, SslMode = mode }).FailAsync(ConnectionFailureKind.AccessRuleMissing);

        Assert.Contains(fix, failure.Fix.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_access_rule_that_rejects()
    {
        var server = (await servers.GetTlsAsync()).Server;

        await (server.Parts() with { UserName = TlsServer.Rejected }).FailAsync(ConnectionFailureKind.AccessRuleMissing);
    }

    [Fact]
    public async Task A_wrong_password_at_a_server_that_insists_on_tls_is_told_even_where_tls_is_only_preferred()
    {
        var server = (await servers.GetTlsAsync()).Server;

        await (server.Parts() with { Password = Secret.From("wrong") }).FailAsync(ConnectionFailureKind.AuthenticationFailed);
    }

    [Fact]
    public async Task A_client_certificate_that_is_not_given()
    {
        var server = (await servers.GetTlsAsync()).Server;

        var failure = await (server.Parts() with { UserName = TlsServer.Certified, SslMode = SslMode.Require }).FailAsync(
ConnectionFailureKind.ClientCertificateMissing);

        Assert.Contains("client certificate", failure.Fix.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_certificate_of_another_name_is_told_with_both_names()
    {
        var tls = await servers.GetTlsAsync();
        var client = tls.IssueClient("somebody");
        using var certificate = new TemporaryFile(client.ChainPem);
        using var key = new TemporaryFile(client.KeyPem);

        var failure = await (tls.Server.Parts() with { UserName = TlsServer.Certified, SslMode = SslMode.Require })
            .With("sslcert", certificate.Path).With("sslkey", key.Path).FailAsync(ConnectionFailureKind.AuthenticationFailed);

        Assert.Contains("somebody", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"CN={TlsServer.Certified}", failure.Fix.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_stays_open_on_the_server()
    {
        var tenant = await TenantAsync();
        await tenant.Parts.FactsAsync();
        await (tenant.Parts with { Password = Secret.From("wrong") }).FailAsync(ConnectionFailureKind.AuthenticationFailed);
        await ServerSession.ConnectAsync(
            PgConnectionString.FromParts(tenant.Parts).Require(), new(), TestContext.Current.CancellationToken);

        await tenant.AssertNobodyIsLeftAsync();
    }

    async Task<Tenant> TenantAsync() => await Tenant.CreateAsync(await servers.GetAsync());
}
