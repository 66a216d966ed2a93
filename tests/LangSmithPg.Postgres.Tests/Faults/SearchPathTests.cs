using LangSmithPg.Connections;
using LangSmithPg.Iam.Roles;
using LangSmithPg.Initialization;
using LangSmithPg.Ownership;
using LangSmithPg.Postgres.Iam;
using LangSmithPg.Postgres.Initialization;
using LangSmithPg.Postgres.Ownership;

namespace LangSmithPg.Postgres.Tests.Faults;

/// <summary>What a database's owner has put where the server looks for functions is never run with the rights of whoever looks.</summary>
public sealed class SearchPathTests(SharedServers servers)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_function_of_the_owners_is_called_by_no_look_rehearsal_or_plan()
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync());
        // Before the server's own; and, for LangSmith's schema, behind them but a better match: names, where the server's take texts.
        await tenant.AskAsync(
            $"""
            CREATE SCHEMA evil;
            CREATE FUNCTION evil.current_setting(text) RETURNS text LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''called''; END';
            CREATE FUNCTION evil.pg_has_role(name, oid, text) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''called''; END';
            CREATE FUNCTION evil.has_database_privilege(oid, oid, text) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''called''; END';
            CREATE FUNCTION evil.current_database() RETURNS name LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''called''; END';
            CREATE FUNCTION public.quote_ident(name) RETURNS text LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''called''; END';
            CREATE TABLE public.runs (id int);
            ALTER DATABASE {tenant.QuotedDatabase} SET search_path = evil, pg_catalog;
            """);
        var connection = PgConnectionString.FromParts(tenant.Parts with { UserName = tenant.Server.SuperUserName, Password = tenant.Server.Parts().Password }).Require();

        foreach (var provider in Enum.GetValues<IamAuthProvider>())
        {
            var (asked, plan) = await IamRoleCreation.PlanAsync(connection, new IamRoleRequest(provider, "somebody"), new(), Cancellation);
            Assert.Null(asked.Failure);
            Assert.NotNull(plan);
        }

        // Asked in the database of the functions, too.
        var request = new InitializationRequest(tenant.Database, "app", "public");
        var (answered, initialization) = await DatabaseInitialization.PlanAsync(connection, connection.ForRole(tenant.Database, "app", password: null).Require(), request, new(), Cancellation);
        Assert.Null(answered.Failure);
        Assert.NotNull(initialization);

        var (look, ownership) = await OwnerTransfer.PlanAsync(connection, new OwnershipRequest(tenant.Server.SuperUserName, tenant.Role), new(), Cancellation);
        Assert.Null(look.Failure);
        Assert.NotNull(ownership);

        var (observation, rehearsal) = await connection.RehearseAsync();
        Assert.Null(observation.Failure);
        Assert.Null(Assert.Single(rehearsal!.Ownership!).Error);
    }
}
