using LangSmithPg.Connections;
using LangSmithPg.Moves;
using LangSmithPg.Postgres.Moves;
using LangSmithPg.Postgres.Tests.Rehearsals;

namespace LangSmithPg.Postgres.Tests.Moves;

/// <summary>Databases that are really copied, with pg_dump and pg_restore.</summary>
[Collection("Quiet servers")]
public sealed class DatabaseCopyTests(QuietServers servers)
{
    static readonly string[] Everything =
    [
        "CREATE EXTENSION citext", "CREATE EXTENSION pg_trgm", "CREATE EXTENSION btree_gist", "CREATE PUBLICATION p", "CREATE ROLE \"reader {role}\"",
        "SET ROLE {role}", "CREATE SCHEMA app", "COMMENT ON SCHEMA app IS 'ours'", "CREATE TYPE app.mood AS ENUM ('good', 'bad')", "CREATE DOMAIN app.positive AS int CHECK (VALUE > 0)",
        "CREATE TYPE app.span AS RANGE (subtype = int4)", "CREATE COLLATION app.german (provider = icu, locale = 'de')",
        "CREATE TABLE runs (id bigserial PRIMARY KEY, name citext UNIQUE, mood app.mood, at timestamptz DEFAULT now(), doc jsonb, raw bytea, tags text[], n app.positive, s app.span, u uuid DEFAULT gen_random_uuid())",
        "INSERT INTO runs (name, mood, doc, raw, tags, n, s) SELECT 'Run \"' || i || E'\"\\n€', 'good', jsonb_build_object('a', i), '\\x00ff', ARRAY['x', NULL, 'ü'], i, app.span(i, i + 2) FROM generate_series(1, 500) i",
        "CREATE INDEX by_name ON runs USING gin ((name::text) gin_trgm_ops)", "CREATE TABLE app.feedback (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, run bigint REFERENCES runs, words text COLLATE app.german)",
        "INSERT INTO app.feedback (run, words) SELECT id, 'gut' FROM runs", "CREATE VIEW app.v AS SELECT r.name, f.words FROM runs r JOIN app.feedback f ON f.run = r.id", "CREATE MATERIALIZED VIEW app.m AS SELECT count(*) AS c FROM runs",
        "CREATE TABLE app.parts (id int, day date) PARTITION BY RANGE (day)", "CREATE TABLE app.part1 PARTITION OF app.parts FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')", "INSERT INTO app.parts VALUES (1, '2026-02-03')",
        "CREATE FUNCTION app.twice(int) RETURNS int LANGUAGE sql AS 'SELECT $1 * 2'", "CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.at = now(); RETURN NEW; END'",
        "CREATE TRIGGER t BEFORE UPDATE ON runs FOR EACH ROW EXECUTE FUNCTION app.touch()", "CREATE SEQUENCE app.s START 77", "SELECT nextval('app.s')", "SELECT lo_from_bytea(4711, '\\xdead')",
        "CREATE TABLE \"Odd \"\"name\"\" ; €\" (\"a b\" int)", "INSERT INTO \"Odd \"\"name\"\" ; €\" VALUES (1)", "RESET ROLE",
        "GRANT SELECT ON runs TO \"reader {role}\"", "ALTER DEFAULT PRIVILEGES FOR ROLE {role} GRANT SELECT ON TABLES TO \"reader {role}\"",
    ];

    const string Contents = """
        SELECT (SELECT string_agg(md5(r::text), '' ORDER BY id) FROM runs r) || (SELECT string_agg(f::text, '' ORDER BY id) FROM app.feedback f) || (SELECT string_agg(p::text, '') FROM app.parts p)
          || (SELECT count(*) FROM app.v) || (SELECT c FROM app.m) || nextval('runs_id_seq') || nextval('app.s') || app.twice(4) || encode(lo_get(4711), 'hex') || (SELECT "a b" FROM "Odd ""name"" ; €")
          || pg_get_viewdef('app.v'::regclass) || pg_get_triggerdef((SELECT oid FROM pg_trigger WHERE tgname = 't'))
          || (SELECT string_agg(indexdef, ';' ORDER BY indexdef) FROM pg_indexes WHERE schemaname IN ('public', 'app'))
        """;

    // A table whose rows are refused when they come before those of another one, as a function in its check reads that.
    static readonly string[] Unrestorable =
    [
        "CREATE EXTENSION citext", "SET ROLE {role}", "CREATE TABLE aaa (id int PRIMARY KEY, name citext)", "INSERT INTO aaa VALUES (1, 'x')", "CREATE TABLE zzz (id int)",
        "CREATE FUNCTION known(int) RETURNS bool LANGUAGE plpgsql AS 'BEGIN RETURN pg_catalog.pg_backend_pid() = $1; END'", "ALTER TABLE zzz ADD CHECK (known(id))",
        "INSERT INTO zzz VALUES (pg_backend_pid())", "RESET ROLE",
    ];

    // Rows that take their time.
    static readonly string[] Slow =
    [
        "SET ROLE {role}", "CREATE TABLE quick (id int)", "CREATE SCHEMA app", "CREATE TABLE app.other (id int)",
        "CREATE FUNCTION slow(int) RETURNS bool LANGUAGE plpgsql AS 'BEGIN IF current_setting(''server_version_num'')::int >= 150000 THEN PERFORM pg_sleep(0.05); END IF; RETURN true; END'",
        "CREATE TABLE slowly (id int CHECK (slow(id)))", "INSERT INTO slowly SELECT generate_series(1, 100)", "RESET ROLE",
    ];

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_database_with_everything_arrives_whole_and_belongs_to_the_new_role()
    {
        // One extension was installed beforehand by somebody else, and an empty schema is there.
        await using var copy = await CopyPlayground.CreateAsync(servers, Everything, "CREATE EXTENSION citext", "CREATE SCHEMA app AUTHORIZATION {role}", "REVOKE CREATE ON SCHEMA public FROM PUBLIC");
        Assert.Equal([], CopyBlockers.Find(await copy.CheckAsync(), force: true, resumes: false).Select(one => one.ToString()));
        var before = await copy.Source.SnapshotAsync();

        var result = await copy.CopyAsync();

        Assert.Equal(["Check", "Dump", "Restore", "Analyze"], result.Phases.Select(phase => phase.Name));
        Assert.Equal(["btree_gist", "pg_trgm"], result.Extensions.Order());
        Assert.Equal(5, result.Tables);
        Assert.StartsWith("15.", result.ToolVersion, StringComparison.Ordinal);
        Assert.True(result is { DumpBytes: > 0, Bytes: > 0 });
        Assert.Equal(before, await copy.Source.SnapshotAsync());
        Assert.Equal(await copy.Source.AskAsync(Contents), await copy.Target.AskAsync(Contents));
        Assert.Equal(copy.Target.Role, await copy.Target.AskAsync("SELECT string_agg(DISTINCT relowner::regrole::text, ',') FROM pg_class WHERE relnamespace IN ('public'::regnamespace, 'app'::regnamespace) AND relkind <> 'i'"));
        Assert.Equal("500", await copy.Target.AskAsync("SELECT reltuples FROM pg_class WHERE oid = 'runs'::regclass"));
        Assert.Equal("0", await copy.Target.AskAsync("SELECT count(*) FROM pg_publication"));
        Assert.Contains(copy.Said, line => line.Contains("table = ", StringComparison.OrdinalIgnoreCase) && line.Contains("runs", StringComparison.Ordinal));
        Assert.DoesNotContain(copy.Said, line => line.Contains(copy.Source.Connection().Password!.Reveal(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_restore_that_fails_leaves_an_empty_target()
    {
        await using var copy = await CopyPlayground.CreateAsync(servers, Unrestorable, "CREATE SCHEMA kept AUTHORIZATION {role}");
        var failure = await Assert.ThrowsAsync<MoveException>(() => copy.CopyAsync());

        Assert.Equal(MoveProblemKind.RestoreFailed, failure.Kind);
        Assert.Contains("violates check constraint", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("The target was emptied again; the extensions that were created stay: citext.", failure.Message, StringComparison.Ordinal);
        var facts = await copy.TargetFactsAsync();
        Assert.Equal(0, facts.ObjectCount);
        Assert.Equal(["kept", "public"], facts.Schemas.Select(schema => schema.Name));
        Assert.Equal(["citext"], facts.Extensions.Select(one => one.Name));
        Assert.Equal("1", await copy.Source.AskAsync("SELECT count(*) FROM zzz"));
    }

    [Fact]
    public async Task A_target_that_is_to_stay_is_told_to_be_partially_filled()
    {
        await using var copy = await CopyPlayground.CreateAsync(servers, Unrestorable);
        var failure = await Assert.ThrowsAsync<MoveException>(() => copy.CopyAsync(keepsPartial: true));
        Assert.Contains("The target is partially filled.", failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("To empty it, drop the schemas", failure.Fix, StringComparison.Ordinal);
        Assert.NotEqual(0, (await copy.TargetFactsAsync()).ObjectCount);
    }

    [Theory]
    [InlineData("Dump")]
    [InlineData("Restore")]
    public async Task Whoever_cancels_has_an_empty_target_and_can_go_on(string phase)
    {
        await using var copy = await CopyPlayground.CreateAsync(servers, Slow);
        await CopyPlayground.LeaveAsync(copy.Source);
        using var stopping = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => copy.CopyAsync(
            onProgress: progress => { if (progress.Phase == phase && progress.Table is not null) { stopping.Cancel(); } }, workPath: copy.WorkPath, cancellationToken: stopping.Token));

        Assert.Equal(0, (await copy.TargetFactsAsync()).ObjectCount);
        Assert.Equal(phase == "Restore", copy.Said.Any(line => line.StartsWith("The copy was ended. The target was emptied again", StringComparison.Ordinal)));

        copy.Said.Clear();
        await copy.CopyAsync(workPath: copy.WorkPath);
        Assert.Equal("100", await copy.Target.AskAsync("SELECT count(*) FROM slowly"));
        Assert.Equal(phase == "Restore", copy.Said.Any(line => line.StartsWith("The dump of ", StringComparison.Ordinal) && line.EndsWith(" is used: the source has not changed since.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_restore_that_was_killed_is_emptied_and_done_anew()
    {
        await using var copy = await CopyPlayground.CreateAsync(servers, Slow, "CREATE SCHEMA kept AUTHORIZATION {role}");
        using var stopping = new CancellationTokenSource();
        // What a process that is killed leaves behind.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => copy.CopyAsync(
            keepsPartial: true, progress => { if (progress.Phase == "Restore" && progress.Table is not null) { stopping.Cancel(); } }, copy.WorkPath, stopping.Token));
        var facts = await copy.TargetFactsAsync();
        Assert.NotEqual(0, facts.ObjectCount);
        Assert.Contains("Move.TargetEmpty", CopyBlockers.Find(await copy.CheckAsync(), force: true, resumes: false).Select(one => one.Id));

        // Whoever uses it has taken it for complete: the superuser's session.
        Assert.Contains("another session uses it", (await Assert.ThrowsAsync<MoveException>(() => copy.CopyAsync(workPath: copy.WorkPath))).Message, StringComparison.Ordinal);
        Assert.NotEqual(0, (await copy.TargetFactsAsync()).ObjectCount);

        await CopyPlayground.LeaveAsync(copy.Target);
        await copy.CopyAsync(workPath: copy.WorkPath);
        await copy.Target.Superuser.OpenAsync(Cancellation);
        Assert.Equal("100", await copy.Target.AskAsync("SELECT count(*) FROM slowly"));
        Assert.Equal(["app", "kept", "public"], (await copy.TargetFactsAsync()).Schemas.Select(schema => schema.Name));

        // It is complete now: the folder is no permission to empty it again.
        var again = await Assert.ThrowsAsync<MoveException>(() => copy.CopyAsync(workPath: copy.WorkPath));
        Assert.Equal(MoveProblemKind.MoveNotReady, again.Kind);
        Assert.Equal("100", await copy.Target.AskAsync("SELECT count(*) FROM slowly"));
    }

    [Fact]
    public async Task What_came_into_the_target_during_the_dump_stays()
    {
        await using var copy = await CopyPlayground.CreateAsync(servers, Slow);
        var failure = await Assert.ThrowsAsync<MoveException>(() => copy.CopyAsync(onProgress: progress =>
        {
            if (progress is { Phase: "Dump", Done: 1 })
            {
                copy.Target.DoAsync("CREATE TABLE IF NOT EXISTS meanwhile AS SELECT 1").GetAwaiter().GetResult();
            }
        }));
        Assert.Equal(MoveProblemKind.MoveNotReady, failure.Kind);
        Assert.Contains("such as table public.meanwhile. Nothing was changed.", failure.Message, StringComparison.Ordinal);
        Assert.Equal("1", await copy.Target.AskAsync("SELECT count(*) FROM meanwhile"));
    }

    [Fact]
    public async Task Another_database_than_the_checked_one_is_not_emptied()
    {
        await using var playground = await Playground.CreateAsync(await servers.GetAsync(), "ALTER DATABASE {database} OWNER TO {role}", "CREATE TABLE a (id int)");
        await using var other = await Playground.CreateAsync(await servers.GetAsync());
        var expected = (await MoveCheck.LookAsync(other.Connection(), new(), Cancellation)).Facts!;
        var (facts, reason) = await TargetEmptying.RunAsync(playground.Connection(), new(), expected, [], "nobody");
        Assert.Equal((null, "The connection leads to another server than before."), (facts, reason));
        Assert.Equal("0", await playground.AskAsync("SELECT count(*) FROM a"));
    }

    [Fact]
    public async Task A_folder_of_others_is_not_used()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no modes of folders.");
            return;
        }

        await using var copy = await CopyPlayground.CreateAsync(servers, ["CREATE TABLE a (id int)"]);
        Directory.CreateDirectory(copy.WorkPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var file = Path.Join(copy.WorkPath, "mine.txt");
        await File.WriteAllTextAsync(file, "mine", Cancellation);
        Assert.Equal(MoveProblemKind.WorkFolderNotUsable, (await Assert.ThrowsAsync<MoveException>(() => copy.CopyAsync(workPath: copy.WorkPath))).Kind);
        Assert.Equal("mine", await File.ReadAllTextAsync(file, Cancellation));

        File.Delete(file);
        File.SetUnixFileMode(copy.WorkPath, File.GetUnixFileMode(copy.WorkPath) | UnixFileMode.OtherExecute);
        Assert.Equal(MoveProblemKind.WorkFolderNotUsable, (await Assert.ThrowsAsync<MoveException>(() => copy.CopyAsync(workPath: copy.WorkPath))).Kind);
    }

    [Fact]
    public async Task Many_tables_that_refer_to_one_are_dropped_with_few_locks()
    {
        await using var server = await Sandbox.Tests.Servers.StartAsync(new()
        {
            Settings = new Dictionary<string, string> { ["max_locks_per_transaction"] = "10", ["max_connections"] = "10" },
        });
        await using var playground = await Playground.CreateAsync(
            server, "ALTER DATABASE {database} OWNER TO {role}", "CREATE EXTENSION ltree", "GRANT CREATE ON SCHEMA public TO {role}", "SET ROLE {role}",
            "CREATE SCHEMA many", "CREATE TABLE parent (id int PRIMARY KEY)");
        for (var block = 0; block < 30; block++)
        {
            await playground.DoAsync($"DO $$ BEGIN FOR i IN 1..50 LOOP EXECUTE format('CREATE TABLE many.t%s (id int REFERENCES parent)', {block * 50} + i); END LOOP; END $$");
        }

        await playground.DoAsync("RESET ROLE");
        var (facts, reason) = await TargetEmptying.RunAsync(playground.Connection(), new(), await FactsAsync(playground), [], "nobody");
        Assert.Null(reason);
        Assert.Equal(["public"], facts!.Schemas.Select(schema => schema.Name));
        Assert.Equal(["ltree"], facts.Extensions.Select(one => one.Name));
    }

    [Fact]
    public async Task What_another_role_created_meanwhile_is_not_said_to_be_gone()
    {
        await using var playground = await Playground.CreateAsync(await servers.GetAsync(), "ALTER DATABASE {database} OWNER TO {role}", "CREATE SCHEMA theirs", "GRANT USAGE ON SCHEMA theirs TO {role}", "CREATE TABLE theirs.foreign_one (id int)");
        var (facts, reason) = await TargetEmptying.RunAsync(playground.Connection(), new(), await FactsAsync(playground), [], "nobody");
        Assert.Null(facts);
        Assert.Contains("must be owner of table foreign_one", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_password_is_in_the_arguments()
    {
        await using var copy = await CopyPlayground.CreateAsync(servers, ["CREATE TABLE a (id int)"]);
        var connection = copy.Source.Connection();
        var folder = Directory.CreateTempSubdirectory("langsmithpg-tests-");
        try
        {
            var login = await LibpqLogin.PrepareAsync(connection, connection.Hosts[0], new(), folder.FullName, major: 15, "test", Cancellation);
            Assert.DoesNotContain(connection.Password!.Reveal(), login.Info, StringComparison.Ordinal);
            Assert.Equal(connection.Password.Reveal(), login.Environment["PGPASSWORD"]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("sslcertmode", "disable", "sslcertmode")]
    [InlineData("require_auth", "scram-sha-256", "require_auth")]
    public async Task What_libpq_does_not_know_yet_is_not_left_out(string name, string value, string told)
    {
        var connection = PgConnectionString.Parse($"u:p@h/d?{name}={value}").Require();
        var failure = await Assert.ThrowsAsync<MoveException>(() => LibpqLogin.PrepareAsync(connection, connection.Hosts[0], new(), Path.GetTempPath(), major: 15, "test", Cancellation));
        Assert.Equal(MoveProblemKind.ConnectionNotPassed, failure.Kind);
        Assert.Contains(told, failure.Message, StringComparison.Ordinal);
        Assert.Contains($"{name}='{value}'", (await LibpqLogin.PrepareAsync(connection, connection.Hosts[0], new(), Path.GetTempPath(), major: 16, "test", Cancellation)).Info, StringComparison.Ordinal);
    }

    static async Task<MoveFacts> FactsAsync(Playground playground) => (await MoveCheck.LookAsync(playground.Connection(), new(), Cancellation)).Facts!;
}
