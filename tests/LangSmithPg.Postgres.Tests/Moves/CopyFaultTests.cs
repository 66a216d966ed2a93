using LangSmithPg.Common;
using LangSmithPg.Core.Tests.Faults;
using LangSmithPg.Core.Tests.Files;
using LangSmithPg.Moves;
using LangSmithPg.Postgres.Tests.Rehearsals;
using LangSmithPg.Sandbox.FaultInjection;

namespace LangSmithPg.Postgres.Tests.Moves;

/// <summary>Copies that something comes between.</summary>
[Collection("Quiet servers")]
public sealed class CopyFaultTests(QuietServers servers)
{
    // As the sandbox's servers run under root.
    const int Unprivileged = 65534;

    static readonly TimeSpan Brief = TimeSpan.FromSeconds(2);

    // Rows that take their time where they arrive.
    static readonly string[] Slow =
    [
        "SET ROLE {role}", "CREATE TABLE quick (id int)",
        "CREATE FUNCTION slow(int) RETURNS bool LANGUAGE plpgsql AS 'BEGIN IF current_setting(''server_version_num'')::int >= 150000 THEN PERFORM pg_sleep(0.02); END IF; RETURN true; END'",
        "CREATE TABLE slowly (id int CHECK (slow(id)))", "INSERT INTO slowly SELECT generate_series(1, 50)", "RESET ROLE",
    ];

    static readonly string[] SameKeyTwice =
    [
        "SET ROLE {role}", "CREATE TABLE names (name text)", "CREATE UNIQUE INDEX one ON names (name)", "RESET ROLE",
        "UPDATE pg_index SET indisunique = false WHERE indexrelid = 'one'::regclass", "INSERT INTO names VALUES ('a'), ('a')",
        "UPDATE pg_index SET indisunique = true WHERE indexrelid = 'one'::regclass",
    ];

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_target_whose_disk_is_full_is_emptied_again()
    {
        ClientTools.Folder(15);
        using var folder = new TemporaryFolder();
        using var disk = SmallDisk.Mount(folder.Path, kilobytes: 20_480, Unprivileged);
        var server = await servers.GetAsync(15);
        await server.Connection().AskAsync($"CREATE TABLESPACE small LOCATION '{folder.Path}'");
        try
        {
            await using var copy = await CopyPlayground.CreateAsync(servers, ["SET ROLE {role}", "CREATE TABLE large AS SELECT i, repeat(md5(i::text), 4) AS text FROM generate_series(1, 150000) i", "RESET ROLE"]);
            await copy.Target.Superuser.CloseAsync();
            await server.Connection().AskAsync($"ALTER DATABASE {copy.Target.Database} SET TABLESPACE small");

            var failure = await Assert.ThrowsAsync<MoveException>(() => copy.CopyAsync());

            Assert.Equal(MoveProblemKind.RestoreFailed, failure.Kind);
            Assert.Contains("No space left on device", failure.Message, StringComparison.Ordinal);
            Assert.EndsWith("The target was emptied again.", failure.Message, StringComparison.Ordinal);
            Assert.Equal(0, (await copy.TargetFactsAsync()).ObjectCount);
        }
        finally
        {
            await server.Connection().AskAsync("DROP TABLESPACE small");
        }
    }

    [Theory]
    [InlineData("Dump")]
    [InlineData("Restore")]
    [InlineData("Analyze")]
    public async Task Whoever_cancels_on_a_frozen_network_is_told_what_became_of_the_target(string phase)
    {
        await using var copy = await CopyPlayground.CreateAsync(servers, Slow);
        var frozen = await servers.GetAsync(phase == "Dump" ? 14 : 15);
        await using var proxy = FaultyProxy.Start(new() { UpstreamHost = frozen.Host, UpstreamPort = frozen.Port });
        (copy.Timeout, copy.SourcePort, copy.TargetPort) = (Brief, phase == "Dump" ? proxy.Port : null, phase == "Dump" ? null : proxy.Port);
        using var stopping = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => copy.CopyAsync(workPath: copy.WorkPath, cancellationToken: stopping.Token, onProgress: progress =>
        {
            if (progress.Phase == phase && (progress.Table is not null || phase == "Analyze"))
            {
                proxy.Freeze();
                stopping.Cancel();
            }
        }));

        Assert.Equal(
            phase == "Restore", copy.Said.Any(line => line.StartsWith("The copy was ended. The target is partially filled, and could not be emptied: ", StringComparison.Ordinal)));
        Assert.Equal(phase == "Analyze", copy.Said.Any(line => line.EndsWith("without which queries are slow: The copy was ended. Run ANALYZE; in the target.", StringComparison.Ordinal)));
        proxy.Thaw();
        await CopyPlayground.LeaveAsync(copy.Target);
        if (phase != "Analyze")
        {
            await copy.CopyAsync(workPath: copy.WorkPath);
        }

        await copy.Target.Superuser.OpenAsync(Cancellation);
        Assert.Equal("50", await copy.Target.AskAsync("SELECT count(*) FROM slowly"));
    }

    [Fact]
    public async Task A_dump_is_used_again_only_while_the_source_is_the_same_and_an_emptied_target_is_left_alone()
    {
        await using var copy = await CopyPlayground.CreateAsync(servers, SameKeyTwice);
        await CopyPlayground.LeaveAsync(copy.Source);
        await CopyPlayground.LeaveAsync(copy.Target);
        var failure = await Assert.ThrowsAsync<MoveException>(() => copy.CopyAsync(keepsPartial: true, workPath: copy.WorkPath));
        Assert.Contains("could not create unique index", failure.Message, StringComparison.Ordinal);
        Assert.Contains("run REINDEX there", failure.Fix, StringComparison.Ordinal);

        failure = await Assert.ThrowsAsync<MoveException>(() => copy.CopyAsync(workPath: copy.WorkPath));
        Assert.EndsWith("The target was emptied again.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await copy.TargetFactsAsync()).ObjectCount);
        Assert.Contains(copy.Said, line => line.EndsWith(" is used: the source has not changed since.", StringComparison.Ordinal));

        // The folder is no permission to empty it once more.
        await copy.Target.Superuser.OpenAsync(Cancellation);
        await copy.Target.DoAsync("CREATE TABLE mine AS SELECT 1");
        await CopyPlayground.LeaveAsync(copy.Target);
        Assert.Contains("public.mine", (await Assert.ThrowsAsync<MoveException>(() => copy.CopyAsync(workPath: copy.WorkPath))).Message, StringComparison.Ordinal);
        await copy.Target.Superuser.OpenAsync(Cancellation);
        await copy.Target.DoAsync("DROP TABLE mine");

        await copy.Source.Superuser.OpenAsync(Cancellation);
        await copy.Source.DoAsync("SET enable_indexscan = off; SET enable_bitmapscan = off; DELETE FROM names WHERE ctid = (SELECT max(ctid) FROM names); REINDEX TABLE names");
        await CopyPlayground.LeaveAsync(copy.Source);
        await copy.CopyAsync(workPath: copy.WorkPath);
        Assert.Contains(copy.Said, line => line.EndsWith(" is not used: the source has changed since. It is dumped again.", StringComparison.Ordinal));
        Assert.Equal("1", await copy.Target.AskAsync("SELECT count(*) FROM names"));
    }

    [Fact]
    public async Task A_folder_without_room_for_the_dump_is_refused_before_anything_is_dumped()
    {
        await using var copy = await CopyPlayground.CreateAsync(servers, ["SET ROLE {role}", "CREATE TABLE a (id int)", "RESET ROLE"]);
        using var folder = new TemporaryFolder();
        using var disk = SmallDisk.Mount(folder.Path, kilobytes: 512);

        var failure = await Assert.ThrowsAsync<MoveException>(() => copy.CopyAsync(workPath: folder.Path));
        Assert.Equal(MoveProblemKind.WorkFolderNotUsable, failure.Kind);
        Assert.Contains("usually takes more than a tenth of that. Nothing was changed.", failure.Message, StringComparison.Ordinal);

        copy.Force = true;
        await copy.CopyAsync(workPath: folder.Path);
        Assert.Contains(copy.Said, line => line.StartsWith("The folder for the dump has ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_older_extension_in_the_target_is_a_warning_and_its_lack_of_something_a_failure()
    {
        await using var copy = await CopyPlayground.CreateAsync(
            servers, ["CREATE EXTENSION pg_trgm", "SET ROLE {role}", "CREATE TABLE texts (text text)", "CREATE INDEX ON texts USING gist (text gist_trgm_ops (siglen = 32))", "RESET ROLE"],
            "CREATE EXTENSION pg_trgm VERSION '1.3'");
        var finding = (await copy.CheckAsync()).Findings.Single(one => one.Id == "Move.Extensions");
        Assert.Equal((FindingStatus.Warning, "The target has an older version of pg_trgm than the source."), (finding.Status, finding.Message));

        var failure = await Assert.ThrowsAsync<MoveException>(() => copy.CopyAsync());
        Assert.Contains("gist_trgm_ops has no options", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await copy.TargetFactsAsync()).ObjectCount);

        await copy.Target.DoAsync(finding.Fix!.Text);
        await copy.CopyAsync();
        Assert.Equal("1", await copy.Target.AskAsync("SELECT count(*) FROM pg_indexes WHERE tablename = 'texts'"));
    }

    [Fact]
    public async Task A_role_that_inherits_the_owner_but_may_not_become_it_is_enough()
    {
        await using var copy = await CopyPlayground.CreateAsync(
            servers, new Versions(16, 17, 17), ["CREATE EXTENSION citext", "SET ROLE {role}", "CREATE SCHEMA app", "CREATE TABLE app.names (name citext)", "INSERT INTO app.names VALUES ('A')", "RESET ROLE"],
            "ALTER DATABASE {database} OWNER TO {other}", "GRANT {other} TO {role} WITH INHERIT TRUE, SET FALSE");

        await copy.CopyAsync();

        Assert.Equal("1", await copy.Target.AskAsync("SELECT count(*) FROM app.names WHERE name = 'a'"));
        Assert.Equal(copy.Target.Role, await copy.Target.AskAsync("SELECT relowner::regrole::text FROM pg_class WHERE oid = 'app.names'::regclass"));
    }
}
