using System.Diagnostics;
using LangSmithPg.Common;
using LangSmithPg.Core.Tests.Faults;
using LangSmithPg.Core.Tests.Files;
using LangSmithPg.Postgres.Tests.Comparisons;
using LangSmithPg.Sandbox.FaultInjection;

namespace LangSmithPg.Postgres.Tests.Moves.Job;

/// <summary>The script that copies in a pod, with real servers, in the shells of the images.</summary>
public sealed class CopyScriptTests(SharedServers servers)
{
    const string Complete = "versions=Succeeded sessions=Succeeded target=Succeeded dump=Succeeded extensions=Succeeded restore=Succeeded analyze=Succeeded copy=Succeeded";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    static readonly string[] Data =
    [
        "CREATE EXTENSION pg_trgm", "CREATE EXTENSION btree_gin", "CREATE SCHEMA ext", "CREATE EXTENSION citext SCHEMA ext", "GRANT USAGE ON SCHEMA ext TO {role}",
        "CREATE PUBLICATION everything FOR ALL TABLES",
        """
        SET ROLE {role};
        CREATE TYPE mood AS ENUM ('good', 'bad');
        CREATE TABLE runs (id bigserial PRIMARY KEY, mood mood DEFAULT 'good', name ext.citext, body text);
        COMMENT ON TABLE runs IS 'All runs';
        INSERT INTO runs (name, body) SELECT i::text, repeat(md5(i::text), 4) FROM generate_series(1, 2000) i;
        CREATE INDEX ON runs USING gin (body gin_trgm_ops);
        CREATE SCHEMA "my schema"; CREATE SCHEMA my; COMMENT ON SCHEMA "my schema" IS 'Mine';
        CREATE TABLE "my schema"."o'dd name" (a int GENERATED ALWAYS AS IDENTITY, b jsonb);
        INSERT INTO "my schema"."o'dd name" (b) SELECT '{}' FROM generate_series(1, 100);
        CREATE TABLE parts (a int, b text) PARTITION BY RANGE (a); CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (1000);
        INSERT INTO parts SELECT i, 'x' FROM generate_series(0, 999) i;
        CREATE TABLE children (id int PRIMARY KEY, run bigint REFERENCES runs); INSERT INTO children SELECT i, i FROM generate_series(1, 500) i;
        CREATE VIEW all_runs AS SELECT * FROM runs; CREATE MATERIALIZED VIEW run_count AS SELECT count(*) FROM runs;
        SELECT lo_from_bytea(0, 'abc'::bytea);
        RESET ROLE
        """,
    ];

    // A restore that takes its time.
    static readonly string[] Slow =
    [
        """
        SET ROLE {role};
        CREATE TABLE slow (id int);
        CREATE FUNCTION wait(id int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN id; END';
        CREATE INDEX ON slow (wait(id));
        INSERT INTO slow SELECT i FROM generate_series(1, 600) i;
        CREATE OR REPLACE FUNCTION wait(id int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS 'BEGIN PERFORM pg_catalog.pg_sleep(0.1); RETURN id; END';
        RESET ROLE
        """,
    ];

    static readonly string[] Unrestorable = ["CREATE FUNCTION of_a_superuser(int, int) RETURNS int LANGUAGE internal AS 'int4pl'", "ALTER FUNCTION of_a_superuser(int, int) OWNER TO {role}"];

    [Theory]
    [InlineData("dash")]
    [InlineData("busybox sh")]
    public async Task A_database_arrives_as_it_is_and_no_secret_is_seen(string shell)
    {
        var (source, target) = await CreateAsync(Data);
        using var pod = new CopyPod(shell, source, target);

        var run = await pod.RunAsync();

        Assert.Equal((0, Complete), (run.ExitCode, run.Summary));
        var comparison = await new Pair(source, target).CompareAsync();
        Assert.NotEmpty(comparison.Tables);
        Assert.All(comparison.Tables, table => Assert.Equal(FindingStatus.Pass, table.Status));
        Assert.Equal("True", await target.AskAsync("SELECT obj_description('public.runs'::regclass) = 'All runs' AND (SELECT count(*) FROM pg_largeobject_metadata) = 1"));
        Assert.Equal(target.Role, await target.AskAsync("SELECT tableowner FROM pg_tables WHERE tablename = 'runs'"));
        Assert.True(run.Phases.Single(phase => phase.Name == "dump").Bytes > 0);
        Assert.DoesNotContain(Tenant.Password, run.Output, StringComparison.Ordinal);
        Assert.Contains(run.CommandLines, line => line.StartsWith("pg_dump ", StringComparison.Ordinal));
        Assert.DoesNotContain(run.CommandLines, line => line.Contains(Tenant.Password, StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(pod.Temporary));

        // The same job once more, as after a comparison that failed: nothing is copied twice.
        Assert.Equal("versions=Succeeded sessions=Succeeded target=Skipped analyze=Succeeded copy=Succeeded", (await pod.RunAsync()).Summary);
        await source.AskAsync("DELETE FROM children");
        Assert.Contains("not empty", (await pod.RunAsync()).MessageOf("target"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dash")]
    [InlineData("busybox sh")]
    public async Task A_pod_that_is_told_to_end_empties_the_target(string shell)
    {
        var (source, target) = await CreateAsync([.. Data, .. Slow]);
        using var pod = new CopyPod(shell, source, target);

        var run = await pod.RunAsync(onPhase: (phase, process) => EndInRestoreAsync(target, phase, process, "TERM"));

        Assert.Equal(143, run.ExitCode);
        Assert.EndsWith("restore=Stopped empty=Succeeded", run.Summary, StringComparison.Ordinal);
        await AssertEmptyAsync(target);
    }

    [Theory]
    [InlineData("dash")]
    [InlineData("busybox sh")]
    public async Task A_pod_that_was_lost_is_made_up_for_by_the_next_one(string shell)
    {
        var (source, target) = await CreateAsync([.. Data, .. Slow]);
        using var pod = new CopyPod(shell, source, target);
        await pod.RunAsync(onPhase: (phase, process) => EndInRestoreAsync(target, phase, process, "KILL"));
        Assert.NotEqual("0", await target.AskAsync("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
        await source.AskAsync($"SET ROLE {source.QuotedRole}; CREATE OR REPLACE FUNCTION wait(id int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN id; END'; RESET ROLE");

        var run = await pod.RunAsync();

        // The source has changed in the meantime: the dump of the lost pod is not what it holds now.
        Assert.Equal((0, Complete), (run.ExitCode, run.Summary));
        Assert.All((await new Pair(source, target).CompareAsync()).Tables, table => Assert.Equal(FindingStatus.Pass, table.Status));
    }

    [Theory]
    [InlineData("dump", Complete)]
    [InlineData("extensions", "versions=Succeeded sessions=Succeeded target=Succeeded dump=Skipped extensions=Succeeded restore=Succeeded analyze=Succeeded copy=Succeeded")]
    [InlineData("restore", "versions=Succeeded sessions=Succeeded target=Succeeded dump=Skipped extensions=Succeeded restore=Succeeded analyze=Succeeded copy=Succeeded")]
    [InlineData("analyze", "versions=Succeeded sessions=Succeeded target=Skipped analyze=Succeeded copy=Succeeded")]
    public async Task A_pod_that_is_lost_in_any_phase_is_gone_on_with(string lostIn, string summary)
    {
        var (source, target) = await CreateAsync(Data);
        using var pod = new CopyPod("dash", source, target);
        var lost = await pod.RunAsync(onPhase: (phase, process) =>
        {
            if (phase == lostIn)
            {
                process.Kill(entireProcessTree: true);
            }

            return Task.CompletedTask;
        });
        Assert.NotEqual(0, lost.ExitCode);
        await source.WaitForAsync("application_name LIKE 'langsmithpg%'", expected: 0);

        var run = await pod.RunAsync();

        Assert.Equal((0, summary), (run.ExitCode, run.Summary));
        var comparison = await new Pair(source, target).CompareAsync();
        Assert.Equal([], comparison.DifferentTables.Select(table => table.ToString()));
        Assert.True(comparison.IsEqual);
    }

    [Fact]
    public async Task A_pod_that_is_told_to_end_on_a_frozen_network_says_that_the_target_is_not_emptied()
    {
        var (source, target) = await CreateAsync([.. Data, .. Slow]);
        await using var proxy = FaultyProxy.Start(new() { UpstreamHost = target.Server.Host, UpstreamPort = target.Server.Port });
        using var pod = new CopyPod("dash", source, target);
        var url = PgConnectionString(target).Replace($":{target.Server.Port}/", $":{proxy.Port}/", StringComparison.Ordinal);
        var frozen = new Dictionary<string, string> { ["TARGET_URL"] = url, ["PGCONNECT_TIMEOUT"] = "2" };

        var run = await pod.RunAsync(frozen, async (phase, process) => await EndInRestoreAsync(target, phase, process, "TERM", proxy.Freeze));

        Assert.Equal(143, run.ExitCode);
        Assert.EndsWith("restore=Stopped empty=Failed", run.Summary, StringComparison.Ordinal);
        Assert.StartsWith("The target is partially filled, and could not be emptied: ", run.MessageOf("empty"), StringComparison.Ordinal);

        // The sessions of the lost restore are ended, although the server has not noticed yet.
        await source.AskAsync($"SET ROLE {source.QuotedRole}; CREATE OR REPLACE FUNCTION wait(id int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN id; END'; RESET ROLE");
        run = await pod.RunAsync();
        Assert.Equal((0, Complete), (run.ExitCode, run.Summary));
    }

    [Fact]
    public async Task A_disk_that_is_full_is_told_and_nothing_is_left_in_the_target()
    {
        var (source, target) = await CreateAsync(["SET ROLE {role}; CREATE TABLE large AS SELECT i, repeat(md5(i::text), 4) AS text FROM generate_series(1, 150000) i; RESET ROLE"]);
        using var pod = new CopyPod("dash", source, target);
        using (SmallDisk.Mount(Directory.CreateDirectory(Path.GetDirectoryName(pod.Work)!).FullName, kilobytes: 1024))
        {
            var run = await pod.RunAsync();
            Assert.Equal((1, "versions=Succeeded sessions=Succeeded target=Succeeded dump=Failed"), (run.ExitCode, run.Summary));
            Assert.Contains("usually takes more than a tenth of that. Use a larger volume.", run.MessageOf("dump"), StringComparison.Ordinal);

            run = await pod.RunAsync(new Dictionary<string, string> { ["FORCE"] = "1" });
            Assert.Equal(2, run.ExitCode);
            Assert.Contains("No space left on device", run.MessageOf("dump"), StringComparison.Ordinal);
        }

        using var folder = new TemporaryFolder();
        using var disk = SmallDisk.Mount(folder.Path, kilobytes: 20_480, user: 65534);
        await target.Server.Connection().AskAsync($"CREATE TABLESPACE tiny LOCATION '{folder.Path}'");
        await target.Server.Connection().AskAsync($"ALTER DATABASE {target.QuotedDatabase} SET TABLESPACE tiny");
        try
        {
            var run = await pod.RunAsync();
            Assert.Equal(2, run.ExitCode);
            Assert.EndsWith("restore=Failed empty=Succeeded", run.Summary, StringComparison.Ordinal);
            Assert.Contains("No space left on device", run.MessageOf("restore"), StringComparison.Ordinal);
            await AssertEmptyAsync(target);
        }
        finally
        {
            await target.Server.Connection().AskAsync($"DROP DATABASE {target.QuotedDatabase} WITH (FORCE)");
            await target.Server.Connection().AskAsync("DROP TABLESPACE tiny");
        }
    }

    [Fact]
    public async Task A_complete_dump_is_used_again_unless_the_source_has_changed()
    {
        var (source, target) = await CreateAsync([.. Data, .. Unrestorable]);
        using var pod = new CopyPod("dash", source, target);
        var failed = await pod.RunAsync();
        Assert.Equal(2, failed.ExitCode);
        Assert.EndsWith("dump=Succeeded extensions=Succeeded restore=Failed empty=Succeeded", failed.Summary, StringComparison.Ordinal);
        Assert.Contains("permission denied for language internal", failed.MessageOf("restore"), StringComparison.Ordinal);
        await AssertEmptyAsync(target);

        var kept = await pod.RunAsync(new Dictionary<string, string> { ["KEEP_PARTIAL"] = "1" });
        Assert.EndsWith("dump=Skipped extensions=Succeeded restore=Failed empty=Skipped", kept.Summary, StringComparison.Ordinal);
        Assert.NotEqual("0", await target.AskAsync("SELECT count(*) FROM pg_type WHERE typname = 'mood'"));

        await source.AskAsync("DROP FUNCTION of_a_superuser(int, int)");
        Assert.Equal(Complete, (await pod.RunAsync()).Summary);
    }

    [Fact]
    public async Task Nothing_is_copied_while_somebody_writes_unless_it_is_forced()
    {
        var (source, target) = await CreateAsync(Data);
        using var pod = new CopyPod("dash", source, target);
        await using var writer = await source.OpenAsync();

        var refused = await pod.RunAsync();

        Assert.Equal((1, "versions=Succeeded sessions=Failed"), (refused.ExitCode, refused.Summary));
        Assert.Contains(writer.UserName!, refused.MessageOf("sessions"), StringComparison.Ordinal);
        Assert.Equal(Complete, (await pod.RunAsync(new Dictionary<string, string> { ["FORCE"] = "1" })).Summary);
    }

    [Fact]
    public async Task What_is_wrong_is_told_before_anything_is_changed()
    {
        var (source, target) = await CreateAsync(Data);
        using var pod = new CopyPod("busybox sh", source, target);
        var url = PgConnectionString(target);
        await AssertRefusedAsync(url.Replace($":{target.Server.Port}/", ":9/", StringComparison.Ordinal), "Could not connect to the target");
        await AssertRefusedAsync(url.Replace(Tenant.Password, "wr%6Fng-p%40ss", StringComparison.Ordinal), "password authentication failed");
        await AssertRefusedAsync("", "There is no connection to the target");
        await AssertRefusedAsync(PgConnectionString(source), "older than the source", ("SOURCE_PORT", $"{target.Server.Port}"), ("SOURCE_USER", target.Role), ("SOURCE_DATABASE", target.Database));
        await target.AskAsync("CREATE TABLE mine (id int)");
        await AssertRefusedAsync(url, "public.mine");

        async Task AssertRefusedAsync(string connection, string message, params (string Name, string Value)[] more)
        {
            var run = await pod.RunAsync(more.Append(("TARGET_URL", connection)).ToDictionary());
            Assert.Equal(1, run.ExitCode);
            Assert.Contains(message, run.Phases[^1].Message, StringComparison.Ordinal);
            Assert.DoesNotContain("wrong-p@ss", run.Output, StringComparison.Ordinal);
        }
    }

    static string PgConnectionString(Tenant tenant) => LangSmithPg.Connections.PgConnectionString.FromParts(tenant.Parts).Require().ToPlainText();

    async Task<(Tenant Source, Tenant Target)> CreateAsync(string[] script)
    {
        var (source, target) = (await Tenant.CreateAsync(await servers.GetAsync(14)), await Tenant.CreateAsync(await servers.GetAsync(15)));
        foreach (var tenant in (Tenant[])[source, target])
        {
            await tenant.AskAsync($"ALTER DATABASE {tenant.QuotedDatabase} OWNER TO {tenant.QuotedRole}");
        }

        foreach (var statement in script)
        {
            await source.AskAsync(statement.Replace("{role}", source.QuotedRole, StringComparison.Ordinal));
        }

        return (source, target);
    }

    // When the target is half full.
    static async Task EndInRestoreAsync(Tenant target, string phase, Process process, string signal, Action? before = null)
    {
        if (phase != "restore")
        {
            return;
        }

        var clock = Stopwatch.StartNew();
        while (await target.AskAsync("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'CREATE INDEX%slow%' AND state = 'active'") == "0")
        {
            Assert.True(clock.Elapsed < Patience, "The restore did not begin with the index.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        before?.Invoke();
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    static async Task AssertEmptyAsync(Tenant target)
    {
        Assert.Equal("0", await target.AskAsync("SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')"));
        Assert.Equal("0", await target.AskAsync("SELECT count(*) FROM pg_largeobject_metadata"));
        Assert.Equal("0", await target.AskAsync("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'my%'"));
        Assert.Equal("0", await target.AskAsync("SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'langsmithpg%'"));
    }
}
