using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Iam.Roles;
using LangSmithPg.Postgres.Iam;
using LangSmithPg.Sandbox.Postgres;
using LangSmithPg.Sql;
using Npgsql;

namespace LangSmithPg.Postgres.Tests.Iam;

/// <summary>Roles for the identities of clouds, on real servers that have the clouds' roles and functions.</summary>
public sealed class IamRoleTests
{
    const string ObjectId = "0e4f8ecf-5d1c-4a53-9a2f-7c6f0f1d2b3a";

    // As Azure's does: a role of that name, and what ties it to the identity. The label stands in for the security label, which needs a module of Azure's.
    static string EntraFunction(string flag) => $"""
        SET allow_system_table_mods = on;
        CREATE FUNCTION pg_catalog.pgaadauth_create_principal(rolename text, is_admin {flag}, is_mfa {flag}) RETURNS text LANGUAGE plpgsql AS $$
        BEGIN EXECUTE format('CREATE ROLE %I LOGIN', rolename); RETURN format('Created role for %I', rolename); END $$
        """;

    static readonly string[] CloudGroups = ["CREATE ROLE rds_iam", "CREATE ROLE cloudsqliamserviceaccount", "CREATE ROLE admin LOGIN CREATEROLE PASSWORD 'admin'"];

    public static readonly TheoryData<int> Majors = [14, 16, 18];

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Majors))]
    public async Task Aws_gets_a_role_that_takes_tokens_and_what_LangSmith_needs(int major)
    {
        await using var server = await StartAsync(major, [.. CloudGroups, "CREATE DATABASE langsmith OWNER admin", .. major >= 16 ? ["GRANT rds_iam TO admin WITH ADMIN TRUE, INHERIT FALSE, SET FALSE"] : Array.Empty<string>()]);
        var admin = Admin(server);
        var request = new IamRoleRequest(IamAuthProvider.Aws, "lang\"smith'");

        var first = await CreateAsync(admin, request);
        var second = await CreateAsync(admin, request);

        Assert.Contains("GRANT rds_iam TO \"lang\"\"smith'\";", first.Select(step => step.ToString()));
        Assert.Empty(second);
        Assert.Equal("t,t,t,t", await AskAsync(server, """
            SELECT concat_ws(',', pg_has_role('lang"smith''', 'rds_iam', 'MEMBER'), has_database_privilege('lang"smith''', 'langsmith', 'CREATE'),
            has_schema_privilege('lang"smith''', 'public', 'CREATE'), (SELECT rolcanlogin FROM pg_roles WHERE rolname = 'lang"smith'''))
            """));
    }

    [Theory]
    [MemberData(nameof(Majors))]
    public async Task What_would_lock_the_admin_out_is_refused(int major)
    {
        await using var server = await StartAsync(major, [.. CloudGroups, "CREATE ROLE app LOGIN", "GRANT app TO admin", "CREATE DATABASE langsmith OWNER admin"]);

        var member = await PlanAsync(Admin(server), new(IamAuthProvider.Aws, "app"));
        var itself = await PlanAsync(Admin(server), new(IamAuthProvider.Aws, "admin"));

        Assert.Equal([IamRoleProblemKind.WouldLockOut, IamRoleProblemKind.WouldLockOut], member.Problems.Concat(itself.Problems).Select(one => one.Kind));
        Assert.Empty(member.Steps.Concat(itself.Steps));
        Assert.Contains("REVOKE \"app\" FROM CURRENT_USER", member.Problems[0].Fix?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gcp_gets_grants_for_the_user_that_Cloud_SQL_made()
    {
        await using var server = await StartAsync(18, [.. CloudGroups, "CREATE ROLE \"sa@project.iam\" LOGIN", "CREATE ROLE other LOGIN", "CREATE DATABASE langsmith OWNER admin"]);
        var admin = Admin(server);

        var missing = await PlanAsync(admin, new(IamAuthProvider.Gcp, "new@project.iam"));
        var taken = await PlanAsync(admin, new(IamAuthProvider.Gcp, "other"));
        var wrong = await PlanAsync(admin, new(IamAuthProvider.Gcp, "sa@project.iam.gserviceaccount.com"));
        await AskAsync(server, "GRANT cloudsqliamserviceaccount TO \"sa@project.iam\"");
        var done = await CreateAsync(admin, new(IamAuthProvider.Gcp, "sa@project.iam"));

        Assert.Equal("gcloud sql users create new@project.iam --type=cloud_iam_service_account --instance=<instance>", Assert.Single(missing.Problems).Fix.Text);
        Assert.Equal(
            (IamRoleProblemKind.CloudUserMissing, IamRoleProblemKind.RoleTaken, IamRoleProblemKind.NameNotPossible),
            (missing.Problems[0].Kind, Assert.Single(taken.Problems).Kind, Assert.Single(wrong.Problems).Kind));
        Assert.Equal(2, done.Count);
    }

    [Theory]
    [InlineData("boolean", "false")]
    [InlineData("integer", "0")]
    public async Task Azure_gets_a_role_by_the_function_of_database_postgres_in_any_of_its_forms(string type, string flag)
    {
        await using var server = await StartAsync(16, ["CREATE DATABASE langsmith"]);
        await server.Connection().AskAsync(EntraFunction(type));
        var admin = Superuser(server, "langsmith");

        var plan = await PlanAsync(admin, new(IamAuthProvider.Azure, "Lang'smith"));
        var withId = await PlanAsync(admin, new(IamAuthProvider.Azure, "other") { ObjectId = Guid.Parse(ObjectId) });
        var done = await CreateAsync(admin, new(IamAuthProvider.Azure, "Lang'smith"));
        var again = await PlanAsync(admin, new(IamAuthProvider.Azure, "Lang'smith") { ObjectId = Guid.Parse(ObjectId) });

        Assert.Equal($"SELECT * FROM pg_catalog.pgaadauth_create_principal('Lang''smith', {flag}, {flag});", plan.Steps[0].ToString());
        Assert.Equal("postgres", plan.Steps[0].Database);
        Assert.Equal(IamRoleProblemKind.IamNotEnabled, Assert.Single(withId.Problems).Kind);
        Assert.Equal(3, done.Count);
        Assert.Equal(IamRoleProblemKind.RoleTaken, Assert.Single(again.Problems).Kind);
        Assert.Contains($"SECURITY LABEL FOR pgaadauth ON ROLE \"Lang'smith\" IS 'aadauth,oid={ObjectId},type=service';", again.Problems[0].Fix?.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(IamAuthProvider.Aws)]
    [InlineData(IamAuthProvider.Azure)]
    [InlineData(IamAuthProvider.Gcp)]
    public async Task A_server_without_IAM_is_told_how_to_switch_it_on(IamAuthProvider provider)
    {
        await using var server = await StartAsync(16, ["CREATE DATABASE langsmith"]);

        var problem = Assert.Single((await PlanAsync(Superuser(server, "langsmith"), new(provider, "langsmith"))).Problems);

        Assert.Equal(IamRoleProblemKind.IamNotEnabled, problem.Kind);
        Assert.StartsWith(provider switch { IamAuthProvider.Aws => "aws rds", IamAuthProvider.Gcp => "gcloud sql", _ => "az postgres" }, problem.Fix?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_statement_that_is_refused_leaves_nothing_behind()
    {
        await using var server = await StartAsync(16, [.. CloudGroups, "CREATE DATABASE langsmith OWNER admin"]);
        var admin = Admin(server);
        var plan = await PlanAsync(admin, new(IamAuthProvider.Aws, "app"));

        var (_, done, refused) = await IamRoleCreation.RunAsync(admin, plan, new(), Cancellation);

        // From 16 on, CREATEROLE alone is not enough to give another role away.
        Assert.Equal(("GRANT rds_iam TO \"app\"", 0), (refused!.Value.Statement, done.Count));
        Assert.Equal("0", await AskAsync(server, "SELECT count(*)::text FROM pg_roles WHERE rolname = 'app'"));
    }

    [Theory]
    [InlineData(IamAuthProvider.Aws, "lang smith")]
    [InlineData(IamAuthProvider.Azure, "lang smith")]
    [InlineData(IamAuthProvider.Aws, "host=elsewhere 'a' \"b\" \\c\nSELECT 1/0;")]
    public async Task The_script_does_the_same_in_psql_and_may_be_run_again(IamAuthProvider provider, string database)
    {
        var psql = Psql.Find();
        await using var server = await StartAsync(18, [.. CloudGroups]);
        await server.Connection().AskAsync(EntraFunction("boolean"));
        await server.Connection().AskAsync($"CREATE DATABASE {SqlIdentifier.Quote(database)}");
        var connection = Superuser(server, database);
        var script = IamRoleScript.Write(connection.With(null, "app \"s").Require(), new(provider, "it's\n\\! \"me"));

        await RunAsync(psql, server, script);
        await RunAsync(psql, server, script);

        Assert.Equal("t", await InDatabase(server, database).AskAsync("SELECT has_schema_privilege(E'it''s\\n\\\\! \"me', 'app \"s', 'CREATE')::text::char"));
    }

    static async Task RunAsync(Psql psql, PostgresServer server, string script)
    {
        var (exitCode, output) = await psql.RunAsync(server.SuperUserPassword, script, "-h", server.Host, "-p", $"{server.Port}", "-U", server.SuperUserName, "postgres");
        Assert.True(exitCode == 0, output);
    }

    static PgConnectionString Admin(PostgresServer server) =>
        PgConnectionString.FromParts(server.Parts() with { Database = "langsmith", UserName = "admin", Password = Secret.From("admin") }).Require();

    static NpgsqlConnectionStringBuilder InDatabase(PostgresServer server, string database) => new(server.Connection().ConnectionString) { Database = database };

    static PgConnectionString Superuser(PostgresServer server, string database) =>
        PgConnectionString.FromParts(server.Parts() with { Database = database }).Require();

    static Task<PostgresServer> StartAsync(int major, string[] statements) => Sandbox.Tests.Servers.StartAsync(new() { Major = major, InitStatements = statements });

    static async Task<string> AskAsync(PostgresServer server, string sql) => await InDatabase(server, "langsmith").AskAsync(sql);

    static async Task<IamRolePlan> PlanAsync(PgConnectionString admin, IamRoleRequest request)
    {
        var (look, plan) = await IamRoleCreation.PlanAsync(admin, request, new(), Cancellation);
        Assert.Null(look.Failure);
        return plan!;
    }

    static async Task<IReadOnlyList<IamRoleStep>> CreateAsync(PgConnectionString admin, IamRoleRequest request)
    {
        var plan = await PlanAsync(admin, request);
        Assert.Empty(plan.Problems);
        var (_, done, refused) = await IamRoleCreation.RunAsync(admin, plan, new(), Cancellation);
        Assert.Null(refused);
        return done;
    }
}
