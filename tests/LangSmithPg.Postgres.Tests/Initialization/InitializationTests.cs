using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Connections.Passwords;
using LangSmithPg.Initialization;
using LangSmithPg.Postgres.Initialization;
using LangSmithPg.Sandbox.Postgres;
using Npgsql;

namespace LangSmithPg.Postgres.Tests.Initialization;

/// <summary>LangSmith's database, made on real servers that have nothing of it.</summary>
public sealed class InitializationTests
{
    const string Password = "S3cr3t-of-the-r0le";

    static readonly DateOnly Today = new(2026, 1, 1);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<int, string?, string> Servers { get; } = new(
        from major in new[] { 14, 16, 18 }
        from cloud in new[] { null, "rds_superuser" }
        from schema in new[] { "public", "Lang Smith" }
        select (major, cloud, schema));

    [Theory]
    [MemberData(nameof(Servers))]
    public Task A_server_that_has_nothing_is_ready_afterwards(int major, string? cloud, string schema) => InitializeAsync(major, cloud, schema);

    [Theory]
    [InlineData(15, "azure_pg_admin")]
    [InlineData(17, "azure_pg_admin")]
    [InlineData(17, "cloudsqlsuperuser")]
    public Task So_is_that_of_another_cloud(int major, string cloud) => InitializeAsync(major, cloud, "public");

    static async Task InitializeAsync(int major, string? cloud, string schema)
    {
        await using var server = await StartAsync(major);
        var admin = await AdminAsync(server, cloud, schema);

        var first = await PlanAsync(admin);
        var done = await RunAsync(admin, first);
        var second = await PlanAsync(admin);

        Assert.Equal(first.All, done);
        Assert.True(second.IsEmpty, string.Join('\n', second.All.Concat<object>(second.Problems)));
        var role = Target(admin).WithPassword(Secret.From(Password));
        var report = (await role.RehearseAsync()).Evaluate(Today);
        Assert.True(report.IsReady, string.Join('\n', report.Findings.Where(finding => finding.Status == FindingStatus.Fail)));
        Assert.Equal(FindingStatus.Pass, report.Findings.Single(finding => finding.Id == "Session.TimeLimits").Status);
        Assert.Equal(FindingStatus.Pass, report.Findings.Single(finding => finding.Id == "Session.Overrides").Status);
        // Owned by the role, in UTF-8, and nobody is left a member.
        Assert.Equal("app,UTF8,0", await AskAsync(server, $"""
            SELECT concat_ws(',', pg_get_userbyid(datdba), pg_encoding_to_char(encoding), (
              SELECT count(*) FROM pg_auth_members m WHERE m.roleid = 'app'::regrole {(major >= 16 ? "AND (m.inherit_option OR m.set_option)" : "")}))
            FROM pg_database WHERE datname = 'langsmith'
            """));
        Assert.StartsWith("SCRAM-SHA-256$4096:", await AskAsync(server, "SELECT rolpassword FROM pg_authid WHERE rolname = 'app'"), StringComparison.Ordinal);
        Assert.DoesNotContain(Password, server.ReadLog(), StringComparison.Ordinal);
        Assert.Contains("CREATE ROLE \"app\" LOGIN PASSWORD", server.ReadLog(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(14)]
    [InlineData(18)]
    public async Task A_run_that_broke_off_is_gone_on_with(int major)
    {
        await using var server = await StartAsync(major);
        var admin = await AdminAsync(server, "rds_superuser", "public");
        var plan = await PlanAsync(admin);

        // The transaction cannot end: no role of that name is there to give the database to.
        List<InitializationStep> broken = [.. plan.Steps.Select(step => step.Statement.StartsWith("ALTER DATABASE", StringComparison.Ordinal) ? step with { Statement = "ALTER DATABASE \"langsmith\" OWNER TO \"nobody\"" } : step)];
        var (look, done, refused) = await DatabaseInitialization.RunAsync(admin, plan with { Steps = broken }, Secret.From(Password), new(), Cancellation);
        Assert.Null(look!.Failure);
        Assert.Equal([plan.CreateDatabase!], done);
        Assert.Equal(("ALTER DATABASE \"langsmith\" OWNER TO \"nobody\"", "42704"), (refused!.Value.Statement.Statement, refused.Value.Error.SqlState));
        Assert.Equal("0,admin", await AskAsync(server, "SELECT concat_ws(',', (SELECT count(*) FROM pg_roles WHERE rolname = 'app'), pg_get_userbyid(datdba)) FROM pg_database WHERE datname = 'langsmith'"));

        var rest = await PlanAsync(admin);
        Assert.Null(rest.CreateDatabase);
        Assert.Equal(plan.Steps, rest.Steps);
        Assert.Equal(rest.Steps, await RunAsync(admin, rest));
        Assert.True((await PlanAsync(admin)).IsEmpty);
        Assert.True((await Target(admin).WithPassword(Secret.From(Password)).RehearseAsync()).Evaluate(Today).IsReady);
    }

    [Fact]
    public async Task An_administrator_who_is_a_member_of_every_role_they_create_stays_one()
    {
        await using var server = await StartAsync(18);
        var admin = await AdminAsync(server, "rds_superuser", "ls");
        await AskAsync(server, "ALTER ROLE admin SET createrole_self_grant = 'set, inherit'");

        var plan = await PlanAsync(admin);
        Assert.DoesNotContain(plan.Steps, step => step.Statement.StartsWith("GRANT", StringComparison.Ordinal) || step.Statement.StartsWith("REVOKE", StringComparison.Ordinal));
        await RunAsync(admin, plan);

        Assert.True((await PlanAsync(admin)).IsEmpty);
        Assert.Equal("true", await AskAsync(server, "SELECT pg_has_role('admin', 'app', 'SET')::text"));
    }

    [Fact]
    public async Task A_role_that_exists_keeps_its_password_unless_asked_otherwise()
    {
        await using var server = await StartAsync(18);
        var admin = await AdminAsync(server, "rds_superuser", "public");
        await AskAsync(server, "CREATE ROLE app LOGIN PASSWORD 'Old-passw0rd'; GRANT app TO admin WITH ADMIN TRUE, INHERIT FALSE, SET FALSE");

        await RunAsync(admin, await PlanAsync(admin));
        Assert.Null((await Target(admin).WithPassword(Secret.From("Old-passw0rd")).LookAsync()).Failure);

        var replacing = await PlanAsync(admin, replaces: true);
        Assert.Equal("ALTER ROLE \"app\" LOGIN PASSWORD '****';", $"{Assert.Single(replacing.All)}");
        await RunAsync(admin, replacing);
        Assert.Null((await Target(admin).WithPassword(Secret.From(Password)).LookAsync()).Failure);
        Assert.NotNull((await Target(admin).WithPassword(Secret.From("Old-passw0rd")).LookAsync()).Failure);
    }

    [Theory]
    [InlineData("CREATE ROLE other; CREATE ROLE app LOGIN", "CREATE DATABASE langsmith OWNER other", InitializationProblemKind.DatabaseTaken)]
    [InlineData("", "CREATE DATABASE langsmith OWNER admin ENCODING 'LATIN1' TEMPLATE template0 LOCALE 'C'", InitializationProblemKind.EncodingNotUtf8)]
    [InlineData("", "CREATE DATABASE langsmith OWNER admin ALLOW_CONNECTIONS false", InitializationProblemKind.SystemDatabase)]
    [InlineData("CREATE ROLE app LOGIN SUPERUSER", "SELECT 1", InitializationProblemKind.SystemRole)]
    [InlineData("CREATE ROLE app LOGIN", "SELECT 1", InitializationProblemKind.RoleNotAdministered)]
    [InlineData("ALTER ROLE admin NOCREATEDB", "SELECT 1", InitializationProblemKind.NotAdministrator)]
    internal async Task What_stands_against_it_is_told_and_nothing_is_changed(string roles, string database, InitializationProblemKind expected)
    {
        await using var server = await StartAsync(18);
        var admin = await AdminAsync(server, "rds_superuser", "public");
        await AskAsync(server, roles.Length == 0 ? "SELECT 1" : roles);
        await AskAsync(server, database);

        var plan = await PlanAsync(admin);

        Assert.Equal(expected, Assert.Single(plan.Problems).Kind);
        Assert.True(plan.IsEmpty);
    }

    [Fact]
    public async Task A_database_of_the_administrators_that_is_in_use_is_not_given_away()
    {
        await using var server = await StartAsync(18);
        var admin = await AdminAsync(server, "rds_superuser", "public");
        await AskAsync(server, "CREATE DATABASE langsmith OWNER admin");
        await Database(server, "langsmith").AskAsync("CREATE TABLE theirs (id int)");

        Assert.Equal(InitializationProblemKind.DatabaseTaken, Assert.Single((await PlanAsync(admin)).Problems).Kind);
    }

    [Fact]
    public async Task A_cloud_that_does_not_allow_an_extension_is_told_before_anything_is_changed()
    {
        await using var server = await Sandbox.Tests.Servers.StartAsync(new() { Settings = new Dictionary<string, string> { ["azure.extensions"] = "PGCRYPTO" } });
        var problem = Assert.Single((await PlanAsync(await AdminAsync(server, "azure_pg_admin", "public"))).Problems);

        Assert.Equal(InitializationProblemKind.NotAllowListed, problem.Kind);
        Assert.Contains("--value PGCRYPTO,BTREE_GIN,", problem.Fix.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(14, true, "langsmith", "app", "public")]
    [InlineData(18, true, "langsmith", "app", "public")]
    [InlineData(14, false, "langsmith", "app", "ls")]
    [InlineData(16, false, "langsmith", "app", "ls")]
    [InlineData(18, false, "host=elsewhere 'a' \"b\" \\c\nSELECT 1/0;", "it's\n\\! \"me", "app \"s $langsmithpg$")]
    public async Task The_script_does_the_same_in_psql_and_may_be_run_again(int major, bool asSuperuser, string database, string role, string schema)
    {
        var psql = Psql.Find();
        await using var server = await StartAsync(major);
        var admin = await AdminAsync(server, asSuperuser ? null : "rds_superuser", schema);
        var request = new InitializationRequest(database, role, schema);
        var target = admin.ForRole(database, role, Secret.From(Password)).Require();
        var script = InitializationScript.Write(target, request);

        for (var run = 0; run < 2; run++)
        {
            var (exitCode, output) = await psql.RunAsync(
                admin.Password!.Reveal(), script, "-v", $"role_password={Password}", "-h", server.Host, "-p", $"{server.Port}", "-U", admin.UserName, "postgres");
            Assert.True(exitCode == 0, output);
        }

        var (look, plan) = await DatabaseInitialization.PlanAsync(admin, target, request, new(), Cancellation);
        Assert.Null(look.Failure);
        Assert.True(plan!.IsEmpty, string.Join('\n', plan.All.Concat<object>(plan.Problems)));
        var report = (await target.RehearseAsync()).Evaluate(Today);
        Assert.True(report.IsReady, string.Join('\n', report.Findings.Where(finding => finding.Status == FindingStatus.Fail)));
    }

    [Fact]
    public async Task The_script_leaves_alone_what_is_somebody_elses()
    {
        var psql = Psql.Find();
        await using var server = await StartAsync(18);
        var admin = await AdminAsync(server, cloud: null, "public");
        await AskAsync(server, "CREATE ROLE other");
        await AskAsync(server, "CREATE DATABASE langsmith OWNER other");

        var (exitCode, output) = await psql.RunAsync(
            admin.Password!.Reveal(), InitializationScript.Write(Target(admin), Request(admin)), "-h", server.Host, "-p", $"{server.Port}", "-U", admin.UserName, "postgres");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("Database langsmith exists already and belongs to another role.", output, StringComparison.Ordinal);
        Assert.Equal("other,0", await AskAsync(server, "SELECT concat_ws(',', pg_get_userbyid(datdba), (SELECT count(*) FROM pg_roles WHERE rolname = 'app')) FROM pg_database WHERE datname = 'langsmith'"));
    }

    [Fact]
    public async Task The_server_accepts_the_verifier_of_any_password()
    {
        await using var server = await StartAsync(18);
        foreach (var (index, password) in new[] { GeneratedPassword.Create().Reveal(), "it's \\ \"p@ss\" %41", "Pässwörd€", "I\u00ADX-soft" }.Index())
        {
            await AskAsync(server, $"CREATE ROLE r{index} LOGIN PASSWORD '{ScramVerifier.Of(password)}'");
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.Connection().ConnectionString) { Username = $"r{index}", Password = PasswordForms.ForScram(password) }.ConnectionString);
            await connection.OpenAsync(Cancellation);
        }
    }

    static Task<PostgresServer> StartAsync(int major) => Sandbox.Tests.Servers.StartAsync(new()
    {
        Major = major,
        // What LangSmith's role is to be freed of, and what the log would tell.
        Settings = new Dictionary<string, string> { ["statement_timeout"] = "20s", ["log_statement"] = "all" },
    });

    // The superuser, or somebody who may do what a cloud's administrator may.
    static async Task<PgConnectionString> AdminAsync(PostgresServer server, string? cloud, string schema)
    {
        await AskAsync(server, "CREATE ROLE admin LOGIN CREATEROLE CREATEDB PASSWORD 'admin'");
        await AskAsync(server, cloud is null ? "SELECT 1" : $"CREATE ROLE {cloud} ROLE admin");
        var parts = server.Parts() with { Schema = schema };
        return PgConnectionString.FromParts(cloud is null ? parts : parts with { UserName = "admin", Password = Secret.From("admin") }).Require();
    }

    static InitializationRequest Request(PgConnectionString admin) => new("langsmith", "app", admin.Schema);

    static PgConnectionString Target(PgConnectionString admin) => admin.ForRole("langsmith", "app", password: null).Require();

    static async Task<InitializationPlan> PlanAsync(PgConnectionString admin, bool replaces = false)
    {
        var (look, plan) = await DatabaseInitialization.PlanAsync(admin, Target(admin), Request(admin) with { ReplacesPassword = replaces }, new(), Cancellation);
        Assert.Null(look.Failure);
        return plan!;
    }

    static async Task<IReadOnlyList<InitializationStep>> RunAsync(PgConnectionString admin, InitializationPlan plan)
    {
        Assert.Empty(plan.Problems);
        var (look, done, refused) = await DatabaseInitialization.RunAsync(admin, plan, Secret.From(Password), new(), Cancellation);
        Assert.True(refused is null, $"{refused?.Statement} {refused?.Error}");
        Assert.Null(look?.Failure);
        return done;
    }

    static NpgsqlConnectionStringBuilder Database(PostgresServer server, string database) => new(server.Connection().ConnectionString) { Database = database };

    static Task<string> AskAsync(PostgresServer server, string sql) => server.Connection().AskAsync(sql);
}
