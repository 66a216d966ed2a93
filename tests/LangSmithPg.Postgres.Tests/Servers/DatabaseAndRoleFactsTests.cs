using LangSmithPg.Clouds;

namespace LangSmithPg.Postgres.Tests.Servers;

public sealed class DatabaseAndRoleFactsTests(SharedServers servers)
{
    // Capitals, quotes, a space, what URLs use, letters of two, three and four bytes.
    const string HardName = " \"Q\" 'q' /@:%?# Äß 中 🐘";

    [Theory]
    [MemberData(nameof(Majors.All), MemberType = typeof(Majors))]
    public async Task Names_flags_and_limits_are_true_whatever_the_names(int major)
    {
        var tenant = await Tenant.CreateAsync(
            await servers.GetAsync(major), "CREATEROLE CREATEDB CONNECTION LIMIT 7 VALID UNTIL '2031-02-03 04:05:06+00'", HardName);
        await tenant.AskAsync($"ALTER DATABASE {tenant.QuotedDatabase} CONNECTION LIMIT 9");
        await tenant.AskAsync($"ALTER DATABASE {tenant.QuotedDatabase} OWNER TO {tenant.QuotedRole}");
        await using var another = await tenant.OpenAsRoleAsync();

        var facts = await tenant.Parts.FactsAsync();

        var (database, role) = (facts.Database, facts.Role);
        Assert.Equal((tenant.Database, tenant.Role, true), (database.Name, database.Owner, database.IsOwner));
        Assert.Equal((tenant.Role, tenant.Role), (role.Name, role.SessionUser));
        Assert.Equal("UTF8", database.Encoding);
        Assert.Equal((7, 9), (role.ConnectionLimit, database.ConnectionLimit));
        Assert.Equal((2, 2), (role.Connections, database.Connections));
        Assert.Equal((false, true, true), (role.IsSuperuser, role.CanCreateRole, role.CanCreateDatabase));
        Assert.Equal(new DateTimeOffset(2031, 2, 3, 4, 5, 6, TimeSpan.Zero), role.ValidUntil);
        Assert.Null(role.EntraLabel);
        Assert.Empty(role.MemberOf);
    }

    [Theory]
    [InlineData("")]
    [InlineData("VALID UNTIL 'infinity'")]
    public async Task A_password_without_an_end_has_no_end(string options)
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync(), options);

        Assert.Null((await tenant.Parts.FactsAsync()).Role.ValidUntil);
    }

    [Fact]
    public async Task The_encoding_is_the_databases()
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync());
        var latin = tenant with { Database = tenant.Database + "_latin" };
        await tenant.AskAsync($"CREATE DATABASE {latin.QuotedDatabase} ENCODING 'LATIN1' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'");

        Assert.Equal("LATIN1", (await latin.Parts.FactsAsync()).Database.Encoding);
    }

    [Theory]
    [MemberData(nameof(Majors.All), MemberType = typeof(Majors))]
    public async Task A_role_that_may_only_connect_gets_all_facts(int major)
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync(major));
        await tenant.LeaveNothingButConnectAsync();

        var facts = await tenant.Parts.FactsAsync();

        Assert.Equal((false, false, false), (facts.Database.IsOwner, facts.Database.CanCreate, facts.Database.CanCreateTemporary));
        Assert.Equal((true, false, false), (facts.Schema.Exists, facts.Schema.CanUse, facts.Schema.CanCreate));
        Assert.Equal(6, facts.Extensions.Count);
        Assert.Equal(tenant.Server.SuperUserName, facts.Database.Owner);
    }

    [Fact]
    public async Task A_setting_that_switches_the_role_makes_the_other_role_count()
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync());
        var group = tenant with { Role = tenant.Role + "_group" };
        await tenant.AskAsync(
            $"""
            CREATE ROLE {group.QuotedRole} CREATEDB;
            GRANT {group.QuotedRole} TO {tenant.QuotedRole};
            ALTER DATABASE {tenant.QuotedDatabase} OWNER TO {group.QuotedRole};
            ALTER ROLE {tenant.QuotedRole} SET role = {group.QuotedRole};
            """);

        var facts = await tenant.Parts.FactsAsync();

        Assert.Equal((group.Role, tenant.Role), (facts.Role.Name, facts.Role.SessionUser));
        Assert.Equal((true, true), (facts.Role.CanCreateDatabase, facts.Database.IsOwner));
        Assert.Equal(group.Role, await tenant.AskAsRoleAsync("SELECT current_user"));
    }

    [Fact]
    public async Task Overrides_are_those_that_a_session_of_the_role_gets()
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync());
        var other = tenant with { Role = tenant.Role + "_other", Database = tenant.Database + "_other" };
        await tenant.AskAsync($"CREATE DATABASE {other.QuotedDatabase}");
        await tenant.AskAsync(
            $"""
            CREATE ROLE {other.QuotedRole};
            ALTER ROLE {tenant.QuotedRole} SET lock_timeout = '5s';
            ALTER DATABASE {tenant.QuotedDatabase} SET idle_in_transaction_session_timeout = '6s';
            ALTER ROLE {tenant.QuotedRole} IN DATABASE {tenant.QuotedDatabase} SET search_path = app, public;
            ALTER ROLE {tenant.QuotedRole} IN DATABASE {other.QuotedDatabase} SET search_path = elsewhere;
            ALTER ROLE {other.QuotedRole} SET lock_timeout = '7s';
            ALTER DATABASE {other.QuotedDatabase} SET lock_timeout = '8s';
            """);

        var facts = await tenant.Parts.FactsAsync();

        Assert.Equal(
            [
                new(null, tenant.Database, "idle_in_transaction_session_timeout=6s"),
                new(tenant.Role, null, "lock_timeout=5s"),
                new(tenant.Role, tenant.Database, "search_path=app, public"),
            ],
            facts.Overrides);
        Assert.Equal(["pg_catalog", "public"], facts.SearchPath);
        Assert.Equal(await tenant.AskAsRoleAsync("SELECT setting FROM pg_settings WHERE name = 'lock_timeout'"), facts.Setting("lock_timeout"));
    }

    [Fact]
    public async Task Memberships_in_the_clouds_own_roles_are_told()
    {
        await using var server = await Sandbox.Tests.Servers.StartAsync(new()
        {
            InitStatements = ["CREATE ROLE rds_iam", "CREATE ROLE rdsadmin", "CREATE ROLE team", "GRANT rds_iam TO team"],
        });
        var tenant = await Tenant.CreateAsync(server, "IN ROLE team");

        var facts = await tenant.Parts.FactsAsync();

        Assert.Equal(["rds_iam"], facts.Role.MemberOf);
        Assert.Equal(["rds_iam", "rdsadmin"], facts.ProviderRoles);
        Assert.Equal(ServerProvider.AmazonRds, facts.Provider);
    }
}
