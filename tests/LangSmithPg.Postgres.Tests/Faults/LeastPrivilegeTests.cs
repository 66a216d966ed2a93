using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Iam.Roles;
using LangSmithPg.Initialization;
using LangSmithPg.Ownership;
using LangSmithPg.Postgres.Iam;
using LangSmithPg.Postgres.Initialization;
using LangSmithPg.Postgres.Ownership;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Servers;

namespace LangSmithPg.Postgres.Tests.Faults;

/// <summary>Whatever is asked of a server, a role that may do nothing but connect may ask it.</summary>
public sealed class LeastPrivilegeTests(SharedServers servers)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<int> OldestAndNewest => [14, 18];

    [Theory]
    [MemberData(nameof(OldestAndNewest))]
    public async Task Every_look_runs_as_a_role_that_may_only_connect(int major)
    {
        var tenant = await CreateAsync(major);
        var connection = PgConnectionString.FromParts(tenant.Parts).Require();

        Assert.Null((await ServerSession.ConnectAsync(connection, new(), Cancellation)).Failure);
        var rehearsed = await connection.RehearseAsync();
        Assert.Null(rehearsed.Observation.Failure);
        Assert.False(rehearsed.Evaluate(new(2026, 1, 1)).IsReady);
        foreach (var provider in Enum.GetValues<IamAuthProvider>())
        {
            Assert.Null((await IamRoleCreation.PlanAsync(connection, new IamRoleRequest(provider, "somebody"), new(), Cancellation)).Look.Failure);
        }

        var (asked, initialization) = await DatabaseInitialization.PlanAsync(connection, connection.ForRole("new", "app", password: null).Require(), new InitializationRequest("new", "app", "public"), new(), Cancellation);
        Assert.Null(asked.Failure);
        Assert.Equal(InitializationProblemKind.NotAdministrator, Assert.Single(initialization!.Problems).Kind);

        var (look, plan) = await OwnerTransfer.PlanAsync(connection, new OwnershipRequest(tenant.Server.SuperUserName, tenant.Role), new(), Cancellation);
        Assert.Null(look.Failure);
        Assert.NotEmpty(plan!.Problems);
    }

    [Theory]
    [InlineData("SELECT ON pg_catalog.pg_roles")]
    [InlineData("EXECUTE ON FUNCTION pg_catalog.current_setting(text, boolean)")]
    [InlineData("SELECT ON pg_catalog.pg_database")]
    [InlineData("SELECT ON pg_catalog.pg_db_role_setting")]
    [InlineData("SELECT ON pg_catalog.pg_extension")]
    [InlineData("EXECUTE ON FUNCTION pg_catalog.pg_stat_get_activity(integer)")]
    [InlineData("EXECUTE ON FUNCTION pg_catalog.inet_server_addr()")]
    [InlineData("EXECUTE ON FUNCTION pg_catalog.version()")]
    public async Task A_catalogue_that_is_closed_to_the_public_is_told_with_what_opens_it(string what)
    {
        var tenant = await CreateAsync(18);
        await tenant.AskAsync($"REVOKE {what} FROM PUBLIC");

        var failure = await tenant.Parts.FailAsync(ConnectionFailureKind.CatalogDenied);

        Assert.Equal("42501", failure.SqlState);
        Assert.Contains($"TO {tenant.QuotedRole};", failure.Fix.Text, StringComparison.Ordinal);
        await tenant.AskAsync($"GRANT {what} TO {tenant.QuotedRole}");
        await tenant.Parts.FactsAsync();
    }

    async Task<Tenant> CreateAsync(int major)
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync(major));
        await tenant.LeaveNothingButConnectAsync();
        return tenant;
    }

    [Theory]
    [InlineData("pg_get_replication_slots()")]
    [InlineData("pg_prepared_xact()")]
    [InlineData("pg_database_collation_actual_version(oid)")]
    public async Task What_of_the_health_is_hidden_is_unknown_and_costs_nothing_else(string function)
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync());
        await tenant.AskAsync($"REVOKE EXECUTE ON FUNCTION pg_catalog.{function} FROM PUBLIC");
        var rehearsed = await tenant.Parts.RehearseAsync();
        var observation = rehearsed.Observation;
        Assert.Null(observation.Failure);
        Assert.Null(observation.Facts!.Health);
        Assert.NotNull(rehearsed.Rehearsal);
        var finding = Assert.Single(rehearsed.Evaluate(new(2026, 11, 23)).Findings, finding => finding.Id == "Server.Health");
        Assert.Equal(FindingStatus.Unknown, finding.Status);
        Assert.Contains("permission denied", finding.Evidence, StringComparison.Ordinal);
    }
}
