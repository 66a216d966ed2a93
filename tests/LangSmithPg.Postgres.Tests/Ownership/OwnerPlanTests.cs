using LangSmithPg.Ownership;
using LangSmithPg.Postgres.Tests.Rehearsals;

namespace LangSmithPg.Postgres.Tests.Ownership;

[Collection("Quiet servers")]
public sealed class OwnerPlanTests(QuietServers servers)
{
    [Theory]
    [MemberData(nameof(Transfers.Majors), MemberType = typeof(Transfers))]
    public async Task Who_lacks_something_is_told_what_and_it_is_enough(int major)
    {
        await using var playground = await Playground.CreateAsync(
            await servers.GetAsync(major), "ALTER ROLE {role} NOINHERIT", "CREATE TABLE runs (id int)", "ALTER TABLE runs OWNER TO {other}", "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
            major < 16 ? "ALTER ROLE {role} INHERIT" : "GRANT {other} TO {role}");
        var plan = await Transfers.PlanAsync(playground.Connection(), playground.Request());
        Assert.Equal([OwnershipProblemKind.NotOldOwner, OwnershipProblemKind.SchemaClosed], plan.Problems.Select(one => one.Kind));
        foreach (var problem in plan.Problems)
        {
            await playground.DoAsync(Statement(problem));
        }

        Assert.Null((await Transfers.RunAsync(playground.Connection(), playground.Request())).Error);
        Assert.Equal(playground.Role, await playground.AskAsync("SELECT relowner::regrole::text FROM pg_class WHERE relname = 'runs'"));
    }

    [Theory]
    [MemberData(nameof(Transfers.Majors), MemberType = typeof(Transfers))]
    public async Task An_admin_who_is_no_superuser_needs_both_roles_from_16_on_in_so_many_words(int major)
    {
        await using var playground = await Playground.CreateAsync(
            await servers.GetAsync(major), "CREATE ROLE \"New {role}\"", "CREATE TABLE runs (id int)", "ALTER TABLE runs OWNER TO {other}",
            "GRANT CREATE ON SCHEMA public TO \"New {role}\"", "ALTER ROLE {role} CREATEROLE",
            major < 16 ? "SELECT" : "GRANT {other}, \"New {role}\" TO {role} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE");
        var request = new OwnershipRequest(playground.Other, $"New {playground.Role}");
        var plan = await Transfers.PlanAsync(playground.Connection(), request);
        Assert.Equal([OwnershipProblemKind.NotOldOwner, OwnershipProblemKind.NotNewOwner], plan.Problems.Select(one => one.Kind));
        var grant = plan.Problems[1].Fix.Text;
        Assert.StartsWith($"GRANT \"New {playground.Role}\" TO \"{playground.Role}\"", grant, StringComparison.Ordinal);

        // By the admin itself, who has no more than the right to grant.
        Assert.Equal([true], await Playground.ReallyDoAsync(playground.Connection(), [grant]));
        await playground.DoAsync(Statement((await Transfers.PlanAsync(playground.Connection(), request)).Problems.Single()));
        var transfer = await Transfers.RunAsync(playground.Connection(), request);
        Assert.Null(transfer.Error);
        Assert.Null(transfer.Next);
    }

    [Fact]
    public async Task Whoever_gives_a_schema_away_needs_to_reach_into_it_afterwards()
    {
        await using var playground = await Playground.CreateAsync(
            await servers.GetAsync(),
            [.. Transfers.Everything, "CREATE ROLE \"New {role}\"", "GRANT CREATE ON DATABASE {database} TO \"New {role}\"", "GRANT {other} TO {role}", "GRANT \"New {role}\" TO {role} WITH INHERIT FALSE, SET TRUE"]);
        var request = new OwnershipRequest(playground.Other, $"New {playground.Role}");
        var plan = await Transfers.PlanAsync(playground.Connection(Transfers.Schema), request);
        Assert.Equal(OwnershipProblemKind.NotNewOwner, Assert.Single(plan.Problems).Kind);
        await playground.DoAsync(Statement(plan.Problems[0]));
        Assert.Null((await Transfers.RunAsync(playground.Connection(Transfers.Schema), request)).Error);
    }

    [Fact]
    public async Task A_schema_cannot_be_given_away_without_CREATE_on_the_database()
    {
        await using var playground = await Playground.CreateAsync(await servers.GetAsync(), "CREATE SCHEMA mine AUTHORIZATION {other}", "GRANT {other} TO {role}");
        var plan = await Transfers.PlanAsync(playground.Connection("mine"), playground.Request());
        Assert.Equal(OwnershipProblemKind.DatabaseClosed, Assert.Single(plan.Problems).Kind);
        await playground.DoAsync(Statement(plan.Problems[0]));
        Assert.Null((await Transfers.RunAsync(playground.Connection("mine"), playground.Request())).Error);
    }

    [Fact]
    public async Task Nothing_is_reassigned_from_an_admin()
    {
        await using var playground = await Playground.CreateAsync(
            await servers.GetAsync(), [.. Transfers.Everything, "CREATE ROLE \"old {role}\" SUPERUSER", "REASSIGN OWNED BY {other} TO \"old {role}\"", "GRANT \"old {role}\" TO {role}"]);
        var request = new OwnershipRequest($"old {playground.Role}", playground.Role);
        var plan = await Transfers.PlanAsync(playground.Connection(Transfers.Schema, asSuperuser: true), request);
        Assert.Empty(plan.Problems);
        Assert.DoesNotContain(plan.Steps, step => step.Statement.StartsWith("REASSIGN", StringComparison.Ordinal));
        Assert.Contains(plan.Remarks, remark => remark.StartsWith("extension citext stays", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Roles_of_the_server_and_the_clouds_are_refused()
    {
        var server = await servers.GetAsync();
        await using var playground = await Playground.CreateAsync(server);
        foreach (var (from, to, kind) in new[]
            {
                (server.SuperUserName, playground.Role, OwnershipProblemKind.SystemRole),
                ("pg_monitor", playground.Role, OwnershipProblemKind.SystemRole),
                (playground.Other, "pg_monitor", OwnershipProblemKind.SystemRole),
                ("no such role", playground.Role, OwnershipProblemKind.RoleMissing),
                (playground.Other, playground.Role.ToUpperInvariant(), OwnershipProblemKind.RoleMissing),
                (playground.Role, playground.Role, OwnershipProblemKind.SameRole),
            })
        {
            Assert.Equal(kind, Assert.Single((await Transfers.PlanAsync(playground.Connection(asSuperuser: true), new(from, to))).Problems).Kind);
        }
    }

    // Without the words behind it.
    static string Statement(OwnershipProblem problem) => problem.Fix.Text.Split('\n')[0].Split(" --")[0];
}
