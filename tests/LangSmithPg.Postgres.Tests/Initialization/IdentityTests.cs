using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Iam.Roles;
using LangSmithPg.Initialization;
using LangSmithPg.Postgres.Initialization;
using LangSmithPg.Sandbox.Postgres;

namespace LangSmithPg.Postgres.Tests.Initialization;

/// <summary>LangSmith's database with the role of a cloud's identity, made by administrators who are what the clouds have in place of a superuser.</summary>
public sealed class IdentityTests
{
    const string Identity = "sa@project.iam";

    static readonly DateOnly Today = new(2026, 1, 1);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<int, IamAuthProvider, string> Servers { get; } = new(
        from major in new[] { 14, 16, 18 }
        from provider in Enum.GetValues<IamAuthProvider>()
        from schema in new[] { "public", "Lang Smith" }
        select (major, provider, schema));

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_server_that_has_nothing_is_ready_for_the_identity_afterwards(int major, IamAuthProvider provider, string schema)
    {
        await using var server = await StartAsync(major, provider);
        var admin = Admin(server, schema);

        var first = await PlanAsync(admin, provider);
        Assert.DoesNotContain(first.All, step => step.SetsPassword);
        var (look, done, refused) = await DatabaseInitialization.RunAsync(admin, first, password: null, new(), Cancellation);
        Assert.True(refused is null, $"{refused?.Statement} {refused?.Error}");
        Assert.Null(look?.Failure);
        Assert.Equal(first.All, done);
        var second = await PlanAsync(admin, provider);
        Assert.True(second.IsPossible && second.IsEmpty, string.Join('\n', second.All.Concat<object>(second.Problems)));

        // Whoever set it up is no member of the role, which to RDS would end its own login by password.
        Assert.Equal($"{(provider == IamAuthProvider.Aws ? Identity : "admin")},f,t", await AskAsync(server, $"""
            SELECT concat_ws(',', pg_get_userbyid(datdba), {(major >= 16 ? $"pg_has_role('admin', '{Identity}', 'SET') OR pg_has_role('admin', '{Identity}', 'USAGE')" : $"pg_has_role('admin', '{Identity}', 'MEMBER')")},
              {(provider switch { IamAuthProvider.Aws => $"pg_has_role('{Identity}', 'rds_iam', 'MEMBER')", _ => "true" })})
            FROM pg_database WHERE datname = 'langsmith'
            """));

        // A token cannot be had here; what the role may do can.
        await AskAsync(server, $"ALTER ROLE \"{Identity}\" PASSWORD 'known'");
        var role = PgConnectionString.FromParts(server.Parts() with { Database = "langsmith", UserName = Identity, Password = Secret.From("known"), Schema = schema }).Require();
        var report = (await role.RehearseAsync()).Evaluate(Today);
        Assert.True(report.IsReady, string.Join('\n', report.Findings.Where(finding => finding.Status == FindingStatus.Fail)));
        Assert.Equal(FindingStatus.Pass, report.Findings.Single(finding => finding.Id == "Session.TimeLimits").Status);
    }

    [Fact]
    public async Task A_role_that_RDS_would_take_for_the_administrator_s_own_is_refused()
    {
        await using var server = await StartAsync(16, IamAuthProvider.Aws);
        await AskAsync(server, $"CREATE ROLE \"{Identity}\" LOGIN");
        await AskAsync(server, $"GRANT \"{Identity}\" TO admin");

        AssertRefused(await PlanAsync(Admin(server, "public"), IamAuthProvider.Aws), IamRoleProblemKind.WouldLockOut, "REVOKE \"sa@project.iam\" FROM CURRENT_USER");
    }

    [Fact]
    public async Task The_server_s_own_grant_of_a_new_role_is_taken_back()
    {
        await using var server = await StartAsync(16, IamAuthProvider.Aws);
        await AskAsync(server, "ALTER ROLE admin SET createrole_self_grant = 'set, inherit'");
        var plan = await PlanAsync(Admin(server, "public"), IamAuthProvider.Aws);

        var (_, _, refused) = await DatabaseInitialization.RunAsync(Admin(server, "public"), plan, password: null, new(), Cancellation);

        Assert.Null(refused);
        Assert.Equal("f,f", await AskAsync(server, $"SELECT concat_ws(',', pg_has_role('admin', '{Identity}', 'SET'), pg_has_role('admin', '{Identity}', 'USAGE'))"));
    }

    [Fact]
    public async Task A_user_that_only_Cloud_SQL_can_make_is_told_with_its_command_before_anything_is_changed()
    {
        await using var server = await StartAsync(18, IamAuthProvider.Gcp);
        await AskAsync(server, $"DROP ROLE \"{Identity}\"");

        AssertRefused(
            await PlanAsync(Admin(server, "public"), IamAuthProvider.Gcp), IamRoleProblemKind.CloudUserMissing,
            "gcloud sql users create sa@project.iam --type=cloud_iam_service_account --instance=<instance>");
        Assert.Equal("0", await AskAsync(server, "SELECT count(*)::text FROM pg_database WHERE datname = 'langsmith'"));
    }

    [Theory]
    [InlineData(IamAuthProvider.Aws, "aws rds")]
    [InlineData(IamAuthProvider.Azure, "az postgres")]
    [InlineData(IamAuthProvider.Gcp, "gcloud sql")]
    public async Task A_server_without_IAM_is_told_how_to_switch_it_on(IamAuthProvider provider, string fix)
    {
        await using var server = await Sandbox.Tests.Servers.StartAsync(new() { Major = 18, InitStatements = ["CREATE ROLE admin LOGIN CREATEROLE CREATEDB PASSWORD 'admin'"] });

        AssertRefused(await PlanAsync(Admin(server, "public"), provider), IamRoleProblemKind.IamNotEnabled, fix);
    }

    [Theory]
    [InlineData(14, IamAuthProvider.Aws)]
    [InlineData(18, IamAuthProvider.Aws)]
    [InlineData(14, IamAuthProvider.Azure)]
    [InlineData(18, IamAuthProvider.Azure)]
    [InlineData(18, IamAuthProvider.Gcp)]
    public async Task The_script_does_the_same_in_psql_and_may_be_run_again(int major, IamAuthProvider provider)
    {
        var psql = Psql.Find();
        await using var server = await StartAsync(major, provider);
        var admin = Admin(server, "ls");
        var script = InitializationScript.Write(Target(admin, provider), Request(admin, provider));

        for (var run = 0; run < 2; run++)
        {
            var (exitCode, output) = await psql.RunAsync("admin", script, "-h", server.Host, "-p", $"{server.Port}", "-U", "admin", "postgres");
            Assert.True(exitCode == 0, output);
        }

        var plan = await PlanAsync(admin, provider);
        Assert.True(plan.IsPossible && plan.IsEmpty, string.Join('\n', plan.All.Concat<object>(plan.Problems)));
    }

    static void AssertRefused(InitializationPlan plan, IamRoleProblemKind kind, string fix)
    {
        Assert.Equal(kind, plan.IdentityProblem?.Kind);
        Assert.Contains(fix, plan.IdentityProblem!.Fix.Text, StringComparison.Ordinal);
        Assert.Empty(plan.All);
    }

    // As the clouds have them: Azure's and Google's make the role themselves, and the administrator may not administer it from 16 on.
    static async Task<PostgresServer> StartAsync(int major, IamAuthProvider provider)
    {
        var server = await Sandbox.Tests.Servers.StartAsync(new()
        {
            Major = major,
            Settings = new Dictionary<string, string> { ["statement_timeout"] = "20s" },
            InitStatements =
            [
                "CREATE ROLE admin LOGIN CREATEROLE CREATEDB PASSWORD 'admin'",
                .. provider switch
                {
                    IamAuthProvider.Aws => (string[])["CREATE ROLE rds_superuser ROLE admin", "CREATE ROLE rds_iam", .. major >= 16 ? ["GRANT rds_iam TO admin WITH ADMIN TRUE, INHERIT FALSE, SET FALSE"] : Array.Empty<string>()],
                    IamAuthProvider.Gcp => ["CREATE ROLE cloudsqlsuperuser ROLE admin", "CREATE ROLE cloudsqliamserviceaccount", $"CREATE ROLE \"{Identity}\" LOGIN IN ROLE cloudsqliamserviceaccount"],
                    _ => ["CREATE ROLE azure_pg_admin ROLE admin"],
                },
            ],
        });
        if (provider == IamAuthProvider.Azure)
        {
            await AskAsync(server, """
                SET allow_system_table_mods = on;
                CREATE FUNCTION pg_catalog.pgaadauth_create_principal(rolename text, is_admin boolean, is_mfa boolean) RETURNS text LANGUAGE plpgsql
                SECURITY DEFINER SET allow_system_table_mods = on AS $$
                BEGIN
                  EXECUTE format('CREATE ROLE %I LOGIN', rolename);
                  -- SECURITY LABEL would need a module of Azure's.
                  INSERT INTO pg_shseclabel (objoid, classoid, provider, label)
                  SELECT oid, 'pg_authid'::regclass, 'pgaadauth', 'aadauth,oid=0e4f8ecf-5d1c-4a53-9a2f-7c6f0f1d2b3a,type=service' FROM pg_roles WHERE rolname = rolename;
                  RETURN format('Created role for %I', rolename);
                END $$
                """);
        }

        return server;
    }

    static PgConnectionString Admin(PostgresServer server, string schema) =>
        PgConnectionString.FromParts(server.Parts() with { UserName = "admin", Password = Secret.From("admin"), Schema = schema }).Require();

    // The servers have no TLS, without which no token is sent.
    static PgConnectionString Target(PgConnectionString admin, IamAuthProvider provider) =>
        admin.With(new PartialConnection { SslMode = SslMode.Require }).Require().ForRole("langsmith", Identity, password: null, provider).Require();

    static InitializationRequest Request(PgConnectionString admin, IamAuthProvider provider) =>
        new("langsmith", Identity, admin.Schema) { Identity = new(provider, Identity) };

    static async Task<InitializationPlan> PlanAsync(PgConnectionString admin, IamAuthProvider provider)
    {
        var (look, plan) = await DatabaseInitialization.PlanAsync(admin, Target(admin, provider), Request(admin, provider), new(), Cancellation);
        Assert.Null(look.Failure);
        return plan!;
    }

    static Task<string> AskAsync(PostgresServer server, string sql) => server.Connection().AskAsync(sql);
}
