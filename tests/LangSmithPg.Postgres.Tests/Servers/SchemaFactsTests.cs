using LangSmithPg.Servers;

namespace LangSmithPg.Postgres.Tests.Servers;

public sealed class SchemaFactsTests(SharedServers servers)
{
    [Theory]
    [MemberData(nameof(Majors.All), MemberType = typeof(Majors))]
    public async Task Objects_are_counted_by_owner_and_what_an_extension_brought_is_left_out(int major)
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync(major));
        var group = tenant with { Role = tenant.Role + "_group" };
        await tenant.AskAsync(
            $"""
            CREATE ROLE {group.QuotedRole};
            GRANT {group.QuotedRole} TO {tenant.QuotedRole};
            CREATE SCHEMA app AUTHORIZATION {tenant.QuotedRole};
            CREATE EXTENSION pg_stat_statements SCHEMA app;
            SET search_path = app;
            CREATE TABLE numbered (id bigint GENERATED ALWAYS AS IDENTITY, name text UNIQUE);
            ALTER TABLE numbered OWNER TO {tenant.QuotedRole};
            CREATE TABLE shared (id int); ALTER TABLE shared OWNER TO {group.QuotedRole};
            CREATE TABLE parts (id int) PARTITION BY LIST (id);
            CREATE TABLE part PARTITION OF parts DEFAULT;
            CREATE VIEW seen AS SELECT 1;
            CREATE MATERIALIZED VIEW kept AS SELECT 1;
            CREATE TYPE pair AS (a int, b int);
            CREATE TYPE span AS RANGE (subtype = int4);
            CREATE DOMAIN positive AS int;
            CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql AS 'SELECT 2';
            CREATE TABLE public.elsewhere (id int);
            """);

        var schema = (await (tenant.Parts with { Schema = "app" }).FactsAsync()).Schema;

        Assert.Equal(("app", true, tenant.Role, true), (schema.Name, schema.Exists, schema.Owner, schema.IsOwner));
        Assert.Equal(
            [
                new OwnedObjects(tenant.Server.SuperUserName, 8, IsOwner: false, IsSuperuser: true),
                new OwnedObjects(tenant.Role, 2, IsOwner: true),
                new OwnedObjects(group.Role, 1, IsOwner: true),
            ],
            schema.Objects);
        Assert.False(await tenant.CanAsync("ALTER TABLE app.parts ADD COLUMN more int"));
        Assert.True(await tenant.CanAsync("ALTER TABLE app.numbered ADD COLUMN more int; ALTER TABLE app.shared ADD COLUMN more int"));
    }

    [Theory]
    [InlineData("INHERIT", true)]
    [InlineData("NOINHERIT", false)]
    public async Task A_membership_makes_an_owner_only_where_it_is_inherited(string inheritance, bool isOwner)
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync(), inheritance);
        var group = tenant with { Role = tenant.Role + "_group" };
        await tenant.AskAsync(
            $"""
            CREATE ROLE {group.QuotedRole};
            GRANT {group.QuotedRole} TO {tenant.QuotedRole};
            CREATE TABLE public.shared (id int);
            ALTER TABLE public.shared OWNER TO {group.QuotedRole};
            """);

        var objects = Assert.Single((await tenant.Parts.FactsAsync()).Schema.Objects);

        Assert.Equal(isOwner, objects.IsOwner);
        Assert.Equal(isOwner, await tenant.CanAsync("ALTER TABLE public.shared ADD COLUMN more int"));
    }

    [Theory]
    [MemberData(nameof(Majors.All), MemberType = typeof(Majors))]
    public async Task A_schema_that_is_not_there_is_not_there(int major)
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync(major));

        var schema = (await (tenant.Parts with { Schema = "Not \"there\"" }).FactsAsync()).Schema;

        Assert.Equal(("Not \"there\"", false, null), (schema.Name, schema.Exists, schema.Owner));
        Assert.Equal((false, false, false), (schema.IsOwner, schema.CanUse, schema.CanCreate));
        Assert.Empty(schema.Objects);
    }

    [Theory]
    [MemberData(nameof(Majors.All), MemberType = typeof(Majors))]
    public async Task The_schema_public_is_everybodys_up_to_14_and_the_database_owners_from_15_on(int major)
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync(major));

        var stranger = (await tenant.Parts.FactsAsync()).Schema;
        await tenant.AskAsync($"ALTER DATABASE {tenant.QuotedDatabase} OWNER TO {tenant.QuotedRole}");
        var owner = (await tenant.Parts.FactsAsync()).Schema;

        Assert.Equal((true, major < 15), (stranger.CanUse, stranger.CanCreate));
        Assert.Equal((true, true), (owner.CanUse, owner.CanCreate));
        Assert.Equal((false, major >= 15), (stranger.IsOwner, owner.IsOwner));
    }
}
