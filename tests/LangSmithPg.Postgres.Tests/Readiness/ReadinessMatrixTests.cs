using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;
using Npgsql;

namespace LangSmithPg.Postgres.Tests.Readiness;

/// <summary>Every verdict about privileges is what the role really can do: no false pass, no false fail.</summary>
public sealed class ReadinessMatrixTests(SharedServers servers)
{
    const string Absent = "not_there";

    static readonly DateOnly Today = new(2026, 1, 1);

    public enum Power
    {
        Superuser,
        DatabaseOwner,
        CreateOnDatabase,
        Nothing,
    }

    public static TheoryData<int, Power, string> Matrix { get; } = new(
        from major in Majors.All.Select(row => row.Data)
        from power in Enum.GetValues<Power>()
        from schema in new[] { "public", "own", Absent }
        select (major, power, schema));

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task The_verdict_is_the_truth(int major, Power power, string schema)
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync(major), power == Power.Superuser ? "SUPERUSER" : "");
        await tenant.AskAsync($"CREATE SCHEMA own AUTHORIZATION {tenant.QuotedRole}");
        await tenant.AskAsync(power switch
        {
            Power.DatabaseOwner => $"ALTER DATABASE {tenant.QuotedDatabase} OWNER TO {tenant.QuotedRole}",
            Power.CreateOnDatabase => $"GRANT CREATE ON DATABASE {tenant.QuotedDatabase} TO {tenant.QuotedRole}",
            _ => "SELECT 1",
        });

        await using var role = await tenant.OpenAsRoleAsync();

        var report = ReadinessEvaluator.Evaluate(await (tenant.Parts with { Schema = schema }).LookAsync(), Today);

        Assert.Equal(major >= Requirements.MinimumMajorVersion, Passes(report, "Server.Version"));
        Assert.Equal(await role.CanAsync("CREATE SCHEMA attempt"), Passes(report, "Database.Create"));
        Assert.Equal(await role.CanAsync("CREATE TEMPORARY TABLE attempt (id int)"), Passes(report, "Database.Temporary"));
        Assert.Equal(await role.CanAsync($"{MakeSchema(schema)}; CREATE TABLE attempt (id int)"), Passes(report, "Schema.Create"));
        foreach (var extension in Requirements.Extensions)
        {
            Assert.Equal(await CanCreateExtensionAsync(role, schema, extension), Passes(report, $"Extension.{extension}"));
        }
    }

    [Fact]
    public async Task Doing_what_the_fixes_say_makes_a_database_ready()
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync());
        var before = ReadinessEvaluator.Evaluate(await tenant.Parts.LookAsync(), Today);
        Assert.False(before.IsReady);

        await tenant.AskAsync(before.FixSql);

        var after = ReadinessEvaluator.Evaluate(await tenant.Parts.LookAsync(), Today);
        Assert.True(after.IsReady, string.Join('\n', after.Findings));
    }

    [Theory]
    [InlineData("CREATE")]
    [InlineData("USAGE")]
    public async Task Half_of_the_privileges_on_a_schema_is_not_enough(string privilege)
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync());
        await tenant.AskAsync($"CREATE SCHEMA app; GRANT {privilege} ON SCHEMA app TO {tenant.QuotedRole}");

        var report = ReadinessEvaluator.Evaluate(await (tenant.Parts with { Schema = "app" }).LookAsync(), Today);

        Assert.False(Passes(report, "Schema.Create"));
        Assert.False(await tenant.CanAsync("CREATE TABLE app.attempt (id int); SELECT * FROM app.attempt"));
    }

    [Fact]
    public async Task An_extension_in_another_schema_fails_as_its_use_does()
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync());
        await tenant.AskAsync($"ALTER DATABASE {tenant.QuotedDatabase} OWNER TO {tenant.QuotedRole}");
        await tenant.AskAsync("CREATE SCHEMA elsewhere; GRANT USAGE ON SCHEMA elsewhere TO PUBLIC; CREATE EXTENSION citext SCHEMA elsewhere");

        var report = ReadinessEvaluator.Evaluate(await tenant.Parts.LookAsync(), Today);

        Assert.False(Passes(report, "Extension.citext"));
        Assert.Equal("", await tenant.AskAsRoleAsync("SET search_path = public; CREATE EXTENSION IF NOT EXISTS citext; SELECT to_regtype('citext')"));
    }

    static bool Passes(ReadinessReport report, string id) => report.Findings.Single(finding => finding.Id == id).Status < FindingStatus.Fail;

    // As LangSmith does it: with its schema, which it makes when it is missing, as the search path.
    static string MakeSchema(string schema) => (schema == Absent ? $"CREATE SCHEMA {schema}; " : "") + $"SET LOCAL search_path = {schema}";

    // Where the schema can't be made the question is what the role could do with a schema that somebody else made.
    static async Task<bool> CanCreateExtensionAsync(NpgsqlConnection role, string schema, string extension)
    {
        var usable = schema == Absent && !await role.CanAsync(MakeSchema(schema)) ? "public" : schema;
        return await role.CanAsync($"{MakeSchema(usable)}; CREATE EXTENSION {extension}");
    }
}
