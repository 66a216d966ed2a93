using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Iam.Roles;
using LangSmithPg.Ownership;
using LangSmithPg.Postgres.Extensions;
using LangSmithPg.Postgres.Iam;
using LangSmithPg.Postgres.Initialization;
using LangSmithPg.Postgres.Ownership;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Postgres.Tests.Rehearsals;
using LangSmithPg.Sandbox.Postgres;
using LangSmithPg.Servers;

namespace LangSmithPg.Postgres.Tests.Transactions;

/// <summary>
/// What is told of a COMMIT whose answer does not come in time. The server waits for a synchronous standby that is down: the COMMIT takes
/// effect all the same.
/// </summary>
public sealed class CommitTests
{
    // For the look, the work and a COMMIT that never ends.
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_installation_whose_commit_outlives_the_time_limit_is_told_as_done()
    {
        await using var server = await StartAsync();
        await using var playground = await CreateAsync(server);
        var (before, attempts) = await ExtensionInstall.RunAsync(playground.Connection(), new() { Timeout = Limit }, Cancellation);
        Assert.Null(before.Failure);
        Assert.NotNull(before.Facts);
        Assert.Equal(6, attempts.Count);
        Assert.All(attempts, attempt => Assert.Null(attempt.Error));
        Assert.Equal("6", await ExtensionsOf(playground));
    }

    [Fact]
    public async Task A_transfer_whose_commit_outlives_the_time_limit_is_told_as_done()
    {
        await using var server = await StartAsync();
        await using var playground = await CreateAsync(server);
        var transfer = await TransferAsync(playground, new() { Timeout = Limit });
        Assert.Null(transfer.Error);
        Assert.Equal(transfer.Plan.Steps.Count, transfer.Done);
        Assert.NotEmpty(transfer.Proof);
        Assert.StartsWith($"{playground.Role} owns what", transfer.Outcome, StringComparison.Ordinal);
        Assert.Equal(playground.Role, await OwnerOf(playground));
    }

    [Fact]
    public async Task A_role_whose_commit_outlives_the_time_limit_is_told_as_made()
    {
        await using var server = await StartAsync();
        await using var playground = await CreateAsync(server);
        var (connection, plan) = await PlanRoleAsync(playground);
        var (look, done, refused) = await IamRoleCreation.RunAsync(connection, plan, new() { Timeout = Limit }, Cancellation);
        Assert.Null(look!.Failure);
        Assert.Null(refused);
        Assert.Equal(plan.Steps, done);
        Assert.Equal("1", await playground.AskAsync("SELECT count(*) FROM pg_roles WHERE rolname = '{role}_iam'"));
    }

    [Fact]
    public async Task A_database_whose_commits_outlive_the_time_limit_is_told_as_made()
    {
        await using var server = await StartAsync();
        await server.Connection().AskAsync("CREATE ROLE admin LOGIN SUPERUSER PASSWORD 'admin'; ALTER ROLE admin SET synchronous_commit = on");
        var admin = PgConnectionString.FromParts(server.Parts() with { UserName = "admin", Password = Secret.From("admin") }).Require();
        var target = admin.ForRole("langsmith", "app", password: null).Require();
        var (_, plan) = await DatabaseInitialization.PlanAsync(admin, target, new("langsmith", "app", "public"), new(), Cancellation);

        var (look, done, refused) = await DatabaseInitialization.RunAsync(admin, plan!, Secret.From("S3cr3t"), new() { Timeout = Limit }, Cancellation);

        Assert.Null(look!.Failure);
        Assert.Null(refused);
        Assert.Equal(plan!.All, done);
        Assert.Equal("app", await server.Connection().AskAsync("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'langsmith'"));
    }

    [Fact]
    public async Task What_nobody_can_find_out_is_told_as_unknown()
    {
        await using var server = await StartAsync();
        var playground = await CreateAsync(server);
        var (connection, roles) = await PlanRoleAsync(playground);

        var (before, _) = await EndAsync(options => ExtensionInstall.RunAsync(playground.Connection(), options, Cancellation));
        AssertUnknown(before.Failure);
        var (look, done, _) = await EndAsync(options => IamRoleCreation.RunAsync(connection, roles, options, Cancellation));
        AssertUnknown(look!.Failure);
        Assert.Empty(done);
        var transfer = await EndAsync(options => TransferAsync(playground, options));
        Assert.Equal("Whether the change was committed is not known: -WhatIf shows what remains to be done.", transfer.Outcome);
        Assert.Equal(0, transfer.Done);

        // The server ends while COMMIT waits for the standby, and nobody is there to be asked again.
        async Task<T> EndAsync<T>(Func<SessionOptions, Task<T>> work)
        {
            if (!server.IsRunning)
            {
                await server.StartAgainAsync(Cancellation);
            }

            var running = work(new() { Timeout = TimeSpan.FromMinutes(1) });
            while (!running.IsCompleted
                && await server.Connection().AskAsync("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'LangSmithPg' AND wait_event = 'SyncRep'") == "0")
            {
                await Task.Delay(50, Cancellation);
            }

            await server.StopAsync(PostgresStopMode.Immediate);
            return await running;
        }

        static void AssertUnknown(ConnectionFailure? failure)
        {
            Assert.Equal(ConnectionFailureKind.CommitUnknown, failure!.Kind);
            Assert.NotEmpty(failure.Fix.Text);
        }
    }

    static Task<PostgresServer> StartAsync() => Sandbox.Tests.Servers.StartAsync(new()
    {
        Settings = new Dictionary<string, string> { ["synchronous_standby_names"] = "nosuch", ["synchronous_commit"] = "local" },
    });

    // Whoever works here waits for the standby; whoever sets up does not.
    static Task<Playground> CreateAsync(PostgresServer server) => Playground.CreateAsync(
        server, "ALTER DATABASE {database} OWNER TO {role}", "ALTER DATABASE {database} SET synchronous_commit = on", "GRANT {other} TO {role}",
        "CREATE TABLE runs (id int)", "ALTER TABLE runs OWNER TO {other}", "CREATE ROLE rds_iam");

    static async Task<OwnershipTransfer> TransferAsync(Playground playground, SessionOptions options)
    {
        var (_, plan) = await OwnerTransfer.PlanAsync(playground.Connection(), new(playground.Other, playground.Role), new(), Cancellation);
        var (_, transfer) = await OwnerTransfer.RunAsync(playground.Connection(), plan!, TimeSpan.FromSeconds(2), options, _ => { }, Cancellation);
        return Assert.IsType<OwnershipTransfer>(transfer);
    }

    static async Task<(PgConnectionString Connection, IamRolePlan Plan)> PlanRoleAsync(Playground playground)
    {
        var connection = playground.Connection(asSuperuser: true);
        var (_, plan) = await IamRoleCreation.PlanAsync(connection, new(IamAuthProvider.Aws, $"{playground.Role}_iam"), new(), Cancellation);
        Assert.Empty(plan!.Problems);
        return (connection, plan);
    }

    static Task<string> ExtensionsOf(Playground playground) => playground.AskAsync("SELECT count(*) FROM pg_extension WHERE extname <> 'plpgsql'");

    static Task<string> OwnerOf(Playground playground) => playground.AskAsync("SELECT pg_get_userbyid(relowner) FROM pg_class WHERE relname = 'runs'");
}
