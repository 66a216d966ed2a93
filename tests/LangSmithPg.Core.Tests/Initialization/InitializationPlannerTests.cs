using LangSmithPg.Connections;
using LangSmithPg.Core.Tests.Recorded;
using LangSmithPg.Findings;
using LangSmithPg.Initialization;
using LangSmithPg.Servers;

namespace LangSmithPg.Core.Tests.Initialization;

/// <summary>What is planned for LangSmith's database, from what a server says.</summary>
public sealed class InitializationPlannerTests
{
    static readonly string[] NoLimits = ["statement_timeout=0", "idle_in_transaction_session_timeout=0", "idle_session_timeout=0", "transaction_timeout=0"];

    // As whoever created it from PostgreSQL 16 on sees it.
    static readonly InitializationRole Own = new(
        IsBuiltIn: false, IsAdmin: false, CanLogIn: true, CanUse: false, CanSet: false, CanAdmin: true, CanConnect: true, CanCreate: true, CanCreateTemporary: true);

    static readonly InitializationFacts Nothing = new(
        Role: null, Database: null, "UTF8", "en_US.UTF-8", "", [], [], SchemaExists: false, SchemaFollowsDatabase: false, CanUseSchema: false, HasForeignObjects: false);

    static readonly InitializationFacts Everything = Nothing with
    {
        Role = Own, Database = new("app", "UTF8", IsOfServer: false), RoleSettings = NoLimits, SchemaExists = true, SchemaFollowsDatabase = true, CanUseSchema = true,
    };

    [Fact]
    public void An_empty_server_gets_everything_and_the_administrator_keeps_no_membership()
    {
        var plan = Plan(Nothing);

        Assert.Equal("CREATE DATABASE \"langsmith\" TEMPLATE template0 ENCODING 'UTF8';", $"{plan.CreateDatabase}");
        Assert.Equal(
            [
                "CREATE ROLE \"app\" LOGIN PASSWORD '****';",
                "GRANT \"app\" TO \"admin\" WITH INHERIT TRUE, SET TRUE;",
                .. Requirements.Extensions.Select(name => $"CREATE EXTENSION IF NOT EXISTS \"{name}\" SCHEMA \"public\";"),
                "ALTER DATABASE \"langsmith\" OWNER TO \"app\";",
                "REVOKE \"app\" FROM \"admin\" GRANTED BY CURRENT_USER;",
                "ALTER ROLE \"app\" IN DATABASE \"langsmith\" SET statement_timeout = 0;",
                "ALTER ROLE \"app\" IN DATABASE \"langsmith\" SET idle_in_transaction_session_timeout = 0;",
                "ALTER ROLE \"app\" IN DATABASE \"langsmith\" SET idle_session_timeout = 0;",
                "ALTER ROLE \"app\" IN DATABASE \"langsmith\" SET transaction_timeout = 0;",
            ],
            plan.Steps.Select(step => step.ToString()));
        Assert.Equal("CREATE ROLE \"app\" LOGIN PASSWORD 'SCRAM-SHA-256$x'", plan.Steps[0].ToSql("SCRAM-SHA-256$x"));
    }

    [Theory]
    [InlineData("set, inherit", false)]
    [InlineData("", false, true)]
    [InlineData("inherit", true)]
    public void Who_is_a_member_anyway_is_not_made_one(string selfGrant, bool joins, bool isSuperuser = false) => Assert.Equal(
        joins,
        Plan(Nothing with { SelfGrant = selfGrant }, server => server with { Role = server.Role with { IsSuperuser = isSuperuser } }).Steps
            .Any(step => step.Statement.StartsWith("GRANT \"app\"", StringComparison.Ordinal)));

    [Fact]
    public void Older_servers_know_neither_the_options_of_a_grant_nor_every_limit()
    {
        var statements = Plan(Nothing, server => server with { Server = server.Server with { VersionNumber = 140018 } }).Steps.Select(step => step.Statement).ToList();

        Assert.Contains("GRANT \"app\" TO \"admin\"", statements);
        Assert.DoesNotContain(statements, statement => statement.Contains("transaction_timeout = 0", StringComparison.Ordinal) && !statement.Contains("idle_in", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("LATIN1", "de_DE.ISO-8859-1", true)]
    [InlineData("SQL_ASCII", "C", false)]
    [InlineData("UTF8", "und-x-icu", false)]
    public void A_locale_that_does_not_go_with_UTF8_is_replaced(string encoding, string collation, bool isReplaced) => Assert.Equal(
        $"CREATE DATABASE \"langsmith\" TEMPLATE template0 ENCODING 'UTF8'{(isReplaced ? " LOCALE 'C'" : "")}",
        Plan(Nothing with { TemplateEncoding = encoding, TemplateCollation = collation }).CreateDatabase!.Statement);

    [Fact]
    public void Another_schema_is_created_for_the_role_and_found_by_psql_too()
    {
        var statements = Plan(Nothing, schema: "App").Steps.Select(step => step.Statement).ToList();

        Assert.True(statements.IndexOf("CREATE SCHEMA \"App\" AUTHORIZATION \"app\"") < statements.IndexOf("CREATE EXTENSION IF NOT EXISTS \"citext\" SCHEMA \"App\""));
        Assert.Equal("ALTER ROLE \"app\" IN DATABASE \"langsmith\" SET search_path = \"App\"", statements[^1]);
    }

    [Fact]
    public void Where_all_is_there_nothing_is_done() => Assert.True(Plan(Everything, inside: Everything).IsEmpty);

    [Theory]
    [InlineData("app", "search_path=app")]
    [InlineData("App", "search_path=\"App\"")]
    public void A_search_path_that_is_set_is_known_again(string schema, string setting)
    {
        var facts = Everything with { RoleSettings = [.. NoLimits, setting] };

        Assert.True(Plan(facts, inside: facts, schema: schema).IsEmpty);
    }

    [Fact]
    public void A_password_is_changed_only_where_that_is_asked_for()
    {
        Assert.False(Plan(Everything, inside: Everything).SetsPassword);
        Assert.Equal(["ALTER ROLE \"app\" LOGIN PASSWORD '****';"], Plan(Everything, inside: Everything, replaces: true).Steps.Select(step => step.ToString()));
    }

    [Fact]
    public void What_a_run_left_behind_is_gone_on_with()
    {
        var left = Nothing with { Database = new("admin", "UTF8", IsOfServer: false), SchemaExists = true, SchemaFollowsDatabase = true };
        var plan = Plan(left, inside: left, change: WithoutExtensions);

        Assert.Null(plan.CreateDatabase);
        Assert.Equal(Plan(Nothing).Steps, plan.Steps);
    }

    [Fact]
    public void What_is_somebody_elses_is_not_touched()
    {
        AssertProblem("DatabaseTaken", "Set-LangSmithPgOwner -Database langsmith -From other -To app", Plan(Nothing with { Database = new("other", "UTF8", IsOfServer: false) }));
        var used = Nothing with { Database = new("admin", "UTF8", IsOfServer: false), HasForeignObjects = true };
        AssertProblem("DatabaseTaken", "-From admin -To app", Plan(used, inside: used));
        AssertProblem("EncodingNotUtf8", "-NewDatabase", Plan(Nothing with { Database = new("admin", "LATIN1", IsOfServer: false) }));
        AssertProblem("SystemDatabase", "langsmith", Plan(Nothing with { Database = new("admin", "UTF8", IsOfServer: true) }));
        AssertProblem("SystemRole", "langsmith_app", Plan(Nothing with { Role = Own with { IsAdmin = true } }));
        AssertProblem("SystemRole", "langsmith_app", Plan(Nothing, role: "admin"));
        AssertProblem("SystemRole", "langsmith_app", Plan(Nothing, role: "cloudsqlsuperuser"));
    }

    [Fact]
    public void Who_may_not_is_told_before_anything_is_changed()
    {
        AssertProblem("NotAdministrator", "ALTER ROLE \"admin\" CREATEROLE CREATEDB;", Plan(Nothing, server => server with { Role = server.Role with { CanCreateRole = false, CanCreateDatabase = false } }));
        AssertProblem("NotAdministrator", "ALTER ROLE \"admin\" CREATEDB;", Plan(Nothing, server => server with { Role = server.Role with { CanCreateDatabase = false } }));
        var unset = Everything with { Role = Own with { CanAdmin = false }, RoleSettings = [] };
        AssertProblem("RoleNotAdministered", "GRANT \"app\" TO \"admin\" WITH ADMIN TRUE, INHERIT FALSE, SET FALSE;", Plan(unset, inside: unset));
        AssertProblem("VersionNotSupported", "14", Plan(Nothing, server => server with { Server = server.Server with { VersionNumber = 130020 } }));
    }

    [Fact]
    public void Extensions_that_cannot_be_had_are_told_before_anything_is_changed()
    {
        AssertProblem("FilesMissing", "contrib", Plan(Nothing, server => WithoutExtensions(server) with { Extensions = [.. WithoutExtensions(server).Extensions.Select(one => one with { AvailableVersion = null })] }));
        AssertProblem(
            "NotAllowListed", "--value PGCRYPTO,BTREE_GIN,BTREE_GIST,CITEXT,LTREE,PG_TRGM",
            Plan(Nothing, server => WithoutExtensions(server) with { Settings = new Dictionary<string, string>(server.Settings) { ["azure.extensions"] = "PGCRYPTO" } }));
        AssertProblem("ExtensionNotUsable", "ALTER EXTENSION \"citext\" SET SCHEMA \"public\"", Plan(
            Everything, inside: Everything, change: server => server with { Extensions = [.. server.Extensions.Select(one => one.Name == "citext" ? one with { Schema = "elsewhere" } : one)] }));
    }

    [Fact]
    public void What_is_not_of_the_shape_is_refused() => Assert.Throws<System.Text.Json.JsonException>(() => InitializationFactsJson.Read("{}"));

    static void AssertProblem(string kind, string fix, InitializationPlan plan)
    {
        var problem = Assert.Single(plan.Problems);
        Assert.Equal(kind, problem.Kind.ToString());
        Assert.Contains(fix, problem.Fix.Text, StringComparison.Ordinal);
        Assert.True(plan.IsEmpty);
    }

    static ServerFacts WithoutExtensions(ServerFacts server) => server with
    {
        Extensions = [.. server.Extensions.Select(one => one with { InstalledVersion = null, Schema = null, Owner = null, AvailableVersion = "1.0" })],
    };

    static InitializationPlan Plan(
        InitializationFacts facts, Func<ServerFacts, ServerFacts>? change = null, InitializationFacts? inside = null, string schema = "public", string role = "app", bool replaces = false)
    {
        var server = RecordedFacts.Read();
        server = server with
        {
            Role = server.Role with { Name = "admin", SessionUser = "admin", IsSuperuser = false, CanCreateRole = true, CanCreateDatabase = true },
            Schema = server.Schema with { Name = schema },
            Extensions = [.. server.Extensions.Select(one => one with { InstalledVersion = "1.0", AvailableVersion = "1.0", Schema = schema, Owner = "app", IndexesUuid = one.IndexesUuid is null ? null : true })],
        };
        var look = new InitializationLook(change is null ? server : change(server), facts);
        var target = PgConnectionString.Parse("app@h/langsmith?sslmode=require").Connection!;
        return InitializationPlanner.Plan(target, new("langsmith", role, schema) { ReplacesPassword = replaces }, look, inside is null ? null : look with { Facts = inside });
    }
}
