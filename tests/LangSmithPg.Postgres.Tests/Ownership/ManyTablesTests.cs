using LangSmithPg.Ownership;
using LangSmithPg.Postgres.Tests.Rehearsals;
using LangSmithPg.Servers;

namespace LangSmithPg.Postgres.Tests.Ownership;

/// <summary>More tables than the server has room for locks.</summary>
public sealed class ManyTablesTests
{
    const int Tables = 600;

    [Fact]
    public async Task Too_many_locks_are_foreseen_and_batches_are_a_way_out()
    {
        // The least that the server takes.
        await using var server = await Sandbox.Tests.Servers.StartAsync(new()
        {
            Settings = new Dictionary<string, string> { ["max_locks_per_transaction"] = "10", ["max_connections"] = "10" },
        });
        await using var playground = await Playground.CreateAsync(
            server, "CREATE SCHEMA many AUTHORIZATION {other}", "GRANT {other} TO {role}", "GRANT CREATE ON DATABASE {database} TO {role}");
        for (var table = 0; table < Tables; table++)
        {
            await playground.DoAsync($"SET ROLE {{other}}; CREATE TABLE many.t{table} (id serial PRIMARY KEY, what text); RESET ROLE");
        }

        var connection = playground.Connection("many");
        var problem = Assert.Single((await Transfers.PlanAsync(connection, playground.Request())).Problems);
        Assert.Equal(OwnershipProblemKind.TooManyLocks, problem.Kind);
        // A table, its index, its sequence, its TOAST table and the index of that.
        Assert.Contains($"{(Tables * 5) + 1} locks, but the server allows only 80", problem.Message, StringComparison.Ordinal);
        Assert.Contains("Set max_locks_per_transaction to 384 (now 10)", problem.Fix?.Text, StringComparison.Ordinal);
        Assert.EndsWith("-BatchSize 16", problem.Fix?.Text, StringComparison.Ordinal);

        // The last of them is held: what was committed before stays, and is not done again.
        await playground.DoAsync("BEGIN; LOCK TABLE many.t99");
        var request = playground.Request() with { BatchSize = 16 };
        List<int> progress = [];
        var cut = await Transfers.RunAsync(connection, request, TimeSpan.FromMilliseconds(100), progress.Add);
        await playground.DoAsync("ROLLBACK");
        Assert.Equal(ServerErrorKind.Locked, cut.Error?.Kind);
        Assert.Equal("ALTER TABLE many.t99 OWNER TO \"{role}\"".Replace("{role}", playground.Role, StringComparison.Ordinal), cut.FailedStatement);
        Assert.Equal(Tables / 16 * 16, cut.Done);
        Assert.Equal($"{cut.Done} of {Tables + 1} statements took effect.", cut.Outcome);
        Assert.Equal(Enumerable.Range(0, (Tables / 16) + 1).Select(batch => batch * 16), progress);

        var rest = await Transfers.RunAsync(connection, request);
        Assert.Null(rest.Error);
        Assert.Equal(Tables + 1 - cut.Done, rest.Done);
        Assert.Equal("", await playground.AskAsync(Transfers.Left));
    }

    [Fact]
    public async Task The_setting_that_is_advised_is_enough()
    {
        await using var server = await Sandbox.Tests.Servers.StartAsync(new()
        {
            Settings = new Dictionary<string, string> { ["max_locks_per_transaction"] = "384", ["max_connections"] = "10" },
        });
        await using var playground = await Playground.CreateAsync(
            server, "CREATE SCHEMA many AUTHORIZATION {other}", "GRANT {other} TO {role}", "GRANT CREATE ON DATABASE {database} TO {role}",
            $"DO $$ BEGIN SET ROLE {{other}}; FOR i IN 1..{Tables} LOOP EXECUTE format('CREATE TABLE many.t%s (id serial PRIMARY KEY, what text)', i); END LOOP; RESET ROLE; END $$");
        var transfer = await Transfers.RunAsync(playground.Connection("many"), playground.Request());
        Assert.Null(transfer.Error);
        Assert.Equal(Tables + 1, transfer.Done);
        Assert.Equal((Tables * 5) + 1, transfer.Plan.Locks);
    }
}
