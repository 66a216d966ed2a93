using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Moves;
using LangSmithPg.Postgres.Moves;
using LangSmithPg.Postgres.Tests.Rehearsals;
using LangSmithPg.Readiness;

namespace LangSmithPg.Postgres.Tests.Moves;

/// <summary>What real servers say of both sides of a move.</summary>
[Collection("Quiet servers")]
public sealed class MoveCheckTests(QuietServers servers)
{
    const string Owner = "ALTER DATABASE {database} OWNER TO {role}";

    // As LangSmith's own: its role owns everything.
    static readonly string[] Used =
    [
        Owner, "CREATE EXTENSION citext", "CREATE SCHEMA app AUTHORIZATION {role}", "GRANT CREATE ON SCHEMA public TO {role}",
        "SET ROLE {role}", "CREATE TABLE runs (id bigserial PRIMARY KEY, name citext)", "CREATE TYPE app.mood AS ENUM ('good')", "CREATE TYPE app.span AS RANGE (subtype = int4)",
        "CREATE VIEW app.v AS SELECT id FROM runs", "CREATE FUNCTION app.twice(int) RETURNS int LANGUAGE sql AS 'SELECT 2'", "RESET ROLE",
    ];

    [Theory]
    [InlineData(14, 15)]
    [InlineData(16, 17)]
    [InlineData(14, 18)]
    public async Task A_database_can_be_moved_to_an_empty_one_and_not_back(int from, int to)
    {
        await using var source = await Playground.CreateAsync(await servers.GetAsync(from), Used);
        await using var target = await Playground.CreateAsync(await servers.GetAsync(to), Owner);
        await EndAsync(source);
        var report = await CheckAsync(source.Connection(), target.Connection());
        Assert.True(report.IsReady, string.Join('\n', report.Problems));
        Assert.Equal(FindingStatus.Pass, Status(report, "Move.Writers"));
        Assert.Equal("citext of the source is not installed in the target yet; its role may create it.", report.Findings.Single(finding => finding.Id == "Move.Extensions").Message);

        var back = await CheckAsync(target.Connection(), source.Connection());
        Assert.Equal(FindingStatus.Fail, Status(back, "Move.Version"));
        // The sequence, the array and multirange types and the constructors come and go with what they belong to.
        Assert.Contains("it has 5 objects, such as table public.runs, ", back.Findings.Single(finding => finding.Id == "Move.TargetEmpty").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_is_not_moved_to_itself()
    {
        await using var playground = await Playground.CreateAsync(await servers.GetAsync(), Owner);
        var report = await CheckAsync(playground.Connection(), playground.Connection(asSuperuser: true));
        Assert.Equal(FindingStatus.Fail, Status(report, "Move.SameDatabase"));
        Assert.NotNull((await LookAsync(playground.Connection())).Facts!.SystemIdentifier);
    }

    [Theory]
    [MemberData(nameof(QuietServers.Majors), MemberType = typeof(QuietServers))]
    public async Task A_role_that_may_do_nothing_is_told_what_is_in_the_way(int major)
    {
        var server = await servers.GetAsync(major);
        await using var source = await Playground.CreateAsync(
            server, "CREATE TABLE runs (id bigserial)", "CREATE TABLE secured (id int)", "ALTER TABLE secured ENABLE ROW LEVEL SECURITY", "GRANT SELECT ON secured TO {role}",
            "SELECT lo_create(0)", "CREATE PUBLICATION p", "ALTER DATABASE {database} SET work_mem = '5MB'", "ALTER ROLE {role} IN DATABASE {database} SET search_path = a, b");
        await using var target = await Playground.CreateAsync(server, "REVOKE ALL ON SCHEMA public FROM PUBLIC", "REVOKE CREATE ON DATABASE {database} FROM PUBLIC");
        var report = await CheckAsync(source.Connection(), target.Connection());
        Assert.False(report.IsReady);
        // The superuser's session.
        Assert.Equal(FindingStatus.Fail, Status(report, "Move.Writers"));
        var read = report.Findings.Single(finding => finding.Id == "Move.Read");
        Assert.Equal((FindingStatus.Fail, true), (read.Status, read.Message.Contains("may not read 2 of the tables", StringComparison.Ordinal)));
        Assert.Equal(FindingStatus.Fail, Status(report, "Move.Privileges"));
        Assert.Equal(FindingStatus.Warning, Status(report, "Move.Objects"));
        Assert.Contains("SET \"search_path\" TO 'a', 'b';", report.Findings.Single(finding => finding.Id == "Move.Settings").Fix!.Text, StringComparison.Ordinal);

        // Each fix is enough for the next finding.
        await source.DoAsync("GRANT pg_read_all_data TO {role}");
        var filtered = (await CheckAsync(source.Connection(), target.Connection())).Findings.Single(finding => finding.Id == "Move.Read");
        Assert.Contains("Row-level security", filtered.Message, StringComparison.Ordinal);
        await source.DoAsync("ALTER ROLE {role} BYPASSRLS");
        var blobs = (await CheckAsync(source.Connection(), target.Connection())).Findings.Single(finding => finding.Id == "Move.Read");
        Assert.Contains("1 large object", blobs.Message, StringComparison.Ordinal);
        foreach (var fix in (string[])[blobs.Fix!.Text, report.Findings.Single(finding => finding.Id == "Move.Settings").Fix!.Text.Replace(target.Database, source.Database, StringComparison.Ordinal)])
        {
            await source.DoAsync(fix);
        }

        await target.DoAsync(report.Findings.Single(finding => finding.Id == "Move.Privileges").Fix!.Text);
        var after = await CheckAsync(source.Connection(), target.Connection());
        Assert.Equal((FindingStatus.Pass, FindingStatus.Pass), (Status(after, "Move.Read"), Status(after, "Move.Privileges")));
    }

    [Fact]
    public async Task What_only_a_superuser_may_create_and_collations_are_found()
    {
        await using var source = await Playground.CreateAsync(
            await servers.GetAsync(), "CREATE FUNCTION f(internal) RETURNS internal LANGUAGE internal AS 'int4in'", "CREATE COLLATION german (provider = icu, locale = 'de')",
            "CREATE TABLE t (a text COLLATE \"de-x-icu\", b text COLLATE german)");
        var facts = (await LookAsync(source.Connection(asSuperuser: true))).Facts!;
        Assert.Equal(["internal function public.f"], facts.Restricted.Select(one => one.ToString()));
        Assert.Equal(["de-x-icu"], facts.UsedCollations);
        Assert.Equal("public.german", facts.Collations.Single().Name);
        Assert.Contains("de-x-icu", facts.SystemCollations);
        Assert.Equal(["collation", "function", "table"], facts.Objects.Select(one => one.Kind).Order());
    }

    [Fact]
    public async Task What_a_server_refuses_to_tell_is_left_open()
    {
        await using var playground = await Playground.CreateAsync(
            await servers.GetAsync(), "REVOKE EXECUTE ON FUNCTION pg_control_system(), pg_available_extensions() FROM PUBLIC");
        var look = await LookAsync(playground.Connection());
        // The readiness of a server that does not show its extensions is not the subject here.
        Assert.Null(look.Facts!.SystemIdentifier);
        Assert.Null(look.Facts.Available);
        Assert.Contains("pg_available_extensions", look.Facts.AvailableError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_changed_and_nobody_is_left()
    {
        await using var source = await Playground.CreateAsync(await servers.GetAsync(), Used);
        await using var target = await Playground.CreateAsync(await servers.GetAsync(), Owner);
        var before = (await source.SnapshotAsync(), await target.SnapshotAsync());
        await CheckAsync(source.Connection(), target.Connection());
        Assert.Equal(before.Item1, await source.SnapshotAsync());
        Assert.Equal(before.Item2, await target.SnapshotAsync());
        await source.AssertNobodyIsLeftAsync();
        await target.AssertNobodyIsLeftAsync();
    }

    // Until the server, too, has ended the superuser's session.
    static async Task EndAsync(Playground playground)
    {
        await playground.Superuser.CloseAsync();
        while ((await LookAsync(playground.Connection(asSuperuser: true))).Facts!.Sessions.Any(session => session.Application != "LangSmithPg"))
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    static FindingStatus Status(ReadinessReport report, string id) => report.Findings.Single(finding => finding.Id == id).Status;

    static Task<MoveLook> LookAsync(PgConnectionString connection) => MoveCheck.LookAsync(connection, new(), TestContext.Current.CancellationToken);

    static async Task<ReadinessReport> CheckAsync(PgConnectionString source, PgConnectionString target)
    {
        var (from, to) = await MoveCheck.RunAsync(source, new(), target, new(), TestContext.Current.CancellationToken);
        return MoveEvaluator.Evaluate(from, to, new(2026, 11, 30));
    }
}
