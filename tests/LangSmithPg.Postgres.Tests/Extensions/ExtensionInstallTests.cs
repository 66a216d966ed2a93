using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Extensions;
using LangSmithPg.Findings;
using LangSmithPg.Postgres.Extensions;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Postgres.Tests.Rehearsals;
using LangSmithPg.Sandbox.PgBouncer;
using LangSmithPg.Servers;

namespace LangSmithPg.Postgres.Tests.Extensions;

[Collection("Quiet servers")]
public sealed class ExtensionInstallTests(QuietServers servers)
{
    const string Owner = "ALTER DATABASE {database} OWNER TO {role}";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(QuietServers.Majors), MemberType = typeof(QuietServers))]
    public async Task What_is_missing_is_installed_once(int major)
    {
        await using var playground = await Playground.CreateAsync(await servers.GetAsync(major), Owner, "CREATE SCHEMA \"a \"\"b\" AUTHORIZATION {role}");
        var connection = playground.Connection("a \"b");
        var (before, attempts) = await ExtensionInstall.RunAsync(connection, new(), Cancellation);
        Assert.Null(before.Failure);
        Assert.Equal(Requirements.Extensions, attempts.Select(attempt => attempt.Name));
        Assert.All(attempts, attempt => Assert.Null(attempt.Error));
        Assert.Equal("6", await playground.AskAsync("SELECT count(*) FROM pg_extension WHERE extnamespace = '\"a \"\"b\"'::regnamespace"));
        Assert.Empty((await ExtensionInstall.RunAsync(connection, new(), Cancellation)).Attempts);
        await playground.AssertNobodyIsLeftAsync();
    }

    [Fact]
    public async Task Two_at_once_do_not_trip_over_each_other()
    {
        for (var round = 0; round < 5; round++)
        {
            await using var playground = await Playground.CreateAsync(await servers.GetAsync(), Owner);
            var both = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ExtensionInstall.RunAsync(playground.Connection(), new(), Cancellation)));
            Assert.All(both.SelectMany(one => one.Attempts), attempt => Assert.Null(attempt.Error));
            Assert.Equal("6", await playground.AskAsync("SELECT count(*) FROM pg_extension WHERE extname <> 'plpgsql'"));
        }
    }

    [Fact]
    public async Task One_that_somebody_else_commits_meanwhile_is_taken_as_it_is()
    {
        await using var playground = await Playground.CreateAsync(await servers.GetAsync(), Owner, "CREATE SCHEMA other");
        await playground.DoAsync("BEGIN; CREATE EXTENSION citext SCHEMA other");
        var running = ExtensionInstall.RunAsync(playground.Connection(), new(), Cancellation);
        await Task.Delay(700, Cancellation);
        await playground.DoAsync("COMMIT");
        var (before, attempts) = await running;
        Assert.All(attempts, attempt => Assert.Null(attempt.Error));

        var after = await ServerSession.GatherFactsAsync(playground.Connection(), new(), Cancellation);
        var citext = Tried(playground.Connection(), before, attempts, after).Single(one => one.Name == "citext");
        Assert.Equal("other", citext.Schema);
        Assert.StartsWith("ALTER EXTENSION \"citext\" SET SCHEMA \"public\";", citext.Fix?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_fails_keeps_all_from_being_installed()
    {
        // Without CREATE on the database, nothing of the trusted ones; the schema is another matter.
        await using var playground = await Playground.CreateAsync(await servers.GetAsync(), "GRANT CREATE ON SCHEMA public TO {role}");
        var connection = playground.Connection();
        var before = await playground.SnapshotAsync();
        var (look, attempts) = await ExtensionInstall.RunAsync(connection, new(), Cancellation);
        Assert.Equal(before, await playground.SnapshotAsync());
        var installations = Tried(connection, look, attempts, after: null);
        Assert.All(installations, one => Assert.Equal(ExtensionAction.Failed, one.Action));
        Assert.All(installations, one => Assert.Equal($"GRANT CREATE ON DATABASE \"{playground.Database}\" TO \"{playground.Role}\";", one.Fix?.Text));

        await playground.DoAsync(installations[0].Fix!.Text);
        await playground.DoAsync("BEGIN; CREATE EXTENSION ltree");
        var locked = await ExtensionInstall.RunAsync(connection, new(), Cancellation);
        await playground.DoAsync("ROLLBACK");
        Assert.Equal("1", await playground.AskAsync("SELECT count(*) FROM pg_extension"));
        var tried = Tried(connection, locked.Before, locked.Attempts, after: null);
        Assert.Equal("ltree", Assert.Single(tried, one => one.Action == ExtensionAction.Failed).Name);
        Assert.Equal(5, tried.Count(one => one.Action == ExtensionAction.Skipped));
    }

    [Fact]
    public async Task A_schema_that_is_missing_is_named()
    {
        await using var playground = await Playground.CreateAsync(await servers.GetAsync(), Owner);
        var connection = playground.Connection("absent");
        var (look, attempts) = await ExtensionInstall.RunAsync(connection, new(), Cancellation);
        var failed = Tried(connection, look, attempts, after: null);
        Assert.All(attempts, attempt => Assert.Equal(ServerErrorKind.SchemaMissing, attempt.Error?.Kind));
        Assert.All(failed, one => Assert.StartsWith("CREATE SCHEMA IF NOT EXISTS \"absent\" AUTHORIZATION", one.Fix?.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_script_does_the_same()
    {
        await using var playground = await Playground.CreateAsync(await servers.GetAsync(), Owner);
        var script = ExtensionScript.Write(playground.Connection());
        Assert.Equal([true, true], await Playground.ReallyDoAsync(playground.Connection(), [script, script]));
        Assert.Equal("6", await playground.AskAsync("SELECT count(*) FROM pg_extension WHERE extname <> 'plpgsql'"));
    }

    [Fact]
    public async Task Both_work_through_a_pooler_that_shares_its_sessions()
    {
        var server = await servers.GetAsync();
        await using var bouncer = await Sandbox.Tests.Servers.StartBouncerAsync(PgBouncerServerOptions.For(server) with { PoolMode = PoolMode.Transaction });
        await using var playground = await Playground.CreateAsync(server);
        var connection = playground.Connection(port: bouncer.Port, asSuperuser: true);
        var report = Playground.Evaluate(await ObservationExtensions.RehearseAsync(connection));
        Assert.All(report.Findings.Where(finding => finding.Id.StartsWith("Rehearsal.", StringComparison.Ordinal)), finding => Assert.True(finding.Status < FindingStatus.Unknown));
        Assert.Equal("1", await playground.AskAsync("SELECT count(*) FROM pg_extension"));
        var (_, attempts) = await ExtensionInstall.RunAsync(connection, new(), Cancellation);
        Assert.All(attempts, attempt => Assert.Null(attempt.Error));
        Assert.Equal("7", await playground.AskAsync("SELECT count(*) FROM pg_extension"));
    }

    static IReadOnlyList<ExtensionInstallation> Tried(
        PgConnectionString connection, ServerObservation before, IReadOnlyList<ExtensionAttempt> attempts, ServerObservation? after) =>
        ExtensionInstallations.Tried(
            new(connection, before.Facts!, new(2026, 11, 23)), attempts, after is null ? null : new ReadinessInput(connection, after.Facts!, new(2026, 11, 23)));
}
