using LangSmithPg.Common;
using LangSmithPg.Moves;

namespace LangSmithPg.Core.Tests.Moves;

/// <summary>What a copy decides without a server.</summary>
public sealed class CopyTests
{
    // As pg_restore 15 wrote it.
    const string List = """
        ;
        ; Archive created at 2026-11-30 09:00:00 UTC
        ;
        2; 3079 16385 EXTENSION - citext
        3393; 0 0 COMMENT - EXTENSION citext
        4; 2615 2200 SCHEMA - public postgres
        3394; 0 0 COMMENT - SCHEMA public postgres
        7; 2615 16500 SCHEMA - app owner
        8; 2615 16501 SCHEMA - app two owner
        3395; 0 0 COMMENT - SCHEMA app owner
        3396; 0 0 COMMENT - SCHEMA "app" owner
        209; 1259 16491 TABLE public runs owner
        3400; 0 0 ACL public TABLE runs owner
        3401; 826 16600 DEFAULT ACL public DEFAULT PRIVILEGES FOR TABLES owner
        3380; 0 16491 TABLE DATA public runs owner
        3402; 0 0 COMMENT public TABLE runs owner
        3403; 6104 16700 PUBLICATION - p owner
        3404; 6106 16701 PUBLICATION TABLE public p runs owner
        3405; 3466 16702 EVENT TRIGGER - t owner
        3406; 6100 16703 SUBSCRIPTION - s owner
        3407; 0 0 SUBSCRIPTION TABLE public s runs owner
        3408; 2606 16495 CONSTRAINT public ACL owner
        """;

    [Theory]
    [InlineData("pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n", "15.18", 15)]
    [InlineData("pg_restore (PostgreSQL) 18beta1\n", "18beta1", 18)]
    [InlineData("pg_dump (PostgreSQL) 9.6.24", "9.6.24", 9)]
    public void A_tool_says_its_version(string text, string version, int major) =>
        Assert.Equal((version, major), (ToolVersions.Read(text), ToolVersions.Major(ToolVersions.Read(text)!)));

    [Fact]
    public void What_is_no_tool_has_no_version() => Assert.Null(ToolVersions.Read("command not found"));

    [Theory]
    [InlineData(14, 14, 18, null)]
    [InlineData(15, 14, 15, null)]
    [InlineData(16, 14, 15, null)]
    [InlineData(17, 14, 17, null)]
    [InlineData(18, 14, 17, null)]
    [InlineData(15, 16, 17, "pg_dump 15 cannot dump PostgreSQL 16")]
    [InlineData(17, 14, 16, "pg_restore 17 sets transaction_timeout, which PostgreSQL 16 does not have")]
    public void Tools_have_to_fit_both_servers(int tools, int source, int target, string? reason) => Assert.Equal(reason, ToolVersions.WhyNot(tools, source, target));

    [Fact]
    public void What_an_ordinary_role_may_not_create_and_what_is_there_is_not_restored()
    {
        var lines = RestoreList.Filter(List, ["app", "app two", "public"], ["app", "public"]).Split('\n').Where(line => line.Length > 0 && line[0] != ';');
        Assert.Equal(
            [
                "8; 2615 16501 SCHEMA - app two owner", "209; 1259 16491 TABLE public runs owner", "3380; 0 16491 TABLE DATA public runs owner", "3402; 0 0 COMMENT public TABLE runs owner",
                "3408; 2606 16495 CONSTRAINT public ACL owner",
            ],
            lines);
        Assert.Contains("7; 2615 16500 SCHEMA - app owner\n", RestoreList.Filter(List, ["app", "app two", "public"], ["public", "app two"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_is_told_in_the_servers_words_and_without_data()
    {
        Assert.Equal("public.runs", ToolMessages.TableOf("pg_restore: processing data for table \"public.runs\""));
        Assert.Equal("public.a \"b\"", ToolMessages.TableOf("pg_dump: dumping contents of table \"public.a \"b\"\""));
        Assert.Null(ToolMessages.TableOf("pg_dump: reading schemas"));
        Assert.Equal(
            "could not execute query: ERROR:  permission denied for schema app",
            ToolMessages.Reason(["pg_restore: creating TABLE \"app.t\"", "pg_restore: while PROCESSING TOC:", "pg_restore: error: could not execute query: ERROR:  permission denied for schema app", "Command was: INSERT 'secret'"]));
        Assert.Equal("no version information", ToolMessages.Reason(["no version information"]));
    }

    [Fact]
    public void A_value_of_a_connection_ends_nowhere_but_at_its_end() => Assert.Equal(
        @"host='h' dbname='it\'s \\ = 1'", ConnectionInfo.Write([new("host", "h"), new("dbname", @"it's \ = 1")]));

    [Fact]
    public void A_state_is_read_as_it_was_written_and_nothing_else_is()
    {
        var state = new CopyState(CopyPhase.Restoring, new("7", 5, "a"), new(2026, 11, 30, 1, 2, 3, TimeSpan.Zero), "15.1", new("8", 6, "b")) { KeptSchemas = ["public"] };
        var read = CopyState.Read(state.ToJson())!;
        Assert.Equal(state with { KeptSchemas = read.KeptSchemas }, read);
        Assert.Equal(["public"], read.KeptSchemas);
        foreach (var text in (string[])["", "{}", "[]", "null", "{\"phase\": 3}"])
        {
            Assert.Null(CopyState.Read(text));
        }
    }

    [Theory]
    [InlineData(5_000_000_000, null)]
    [InlineData(4_999_000_000, true)]
    [InlineData(1_000_000_000, true)]
    [InlineData(999_000_000, false)]
    public void A_folder_has_room_for_a_dump_perhaps_or_not(long free, bool? isEnough)
    {
        var room = DumpRoom.Evaluate(free, 10_000_000_000);
        Assert.Equal(isEnough, room?.IsEnough);
        Assert.Equal(isEnough is not null, room?.Message.Contains($" of free space, and the database has {ByteSize.Text(10_000_000_000)}: ", StringComparison.Ordinal) is true);
    }

    [Fact]
    public void What_would_destroy_something_is_never_overridden()
    {
        var full = Sides.Target(facts => facts with { ObjectCount = 1, Objects = [new("table", "public.a")] });
        Assert.Equal(["Move.TargetEmpty"], Blockers(target: full, force: true));
        // What an interrupted restore left there is emptied.
        Assert.Equal([], Blockers(target: full, force: true, resumes: true));
        Assert.Equal(["Move.Version"], Blockers(target: Sides.Target(server: facts => facts.WithMajor(14)), force: true));
        var same = Sides.Target(facts => facts with { StartTime = "1763884800.000001", SystemIdentifier = null });
        Assert.Equal(["Move.SameDatabase"], Blockers(target: same, force: true, resumes: true));
    }

    [Fact]
    public void Who_knows_better_may_copy_while_others_use_the_source()
    {
        var used = Sides.Source(facts => facts with { Sessions = [new("langsmith", "backend", "idle", Writes: false, 1)] });
        Assert.Equal(["Move.Writers"], Blockers(used));
        Assert.Equal([], Blockers(used, force: true));
        var hidden = Sides.Source(facts => facts with { SeesAllSessions = false, Backends = 9 });
        Assert.Equal(["Move.Writers"], Blockers(hidden));
        Assert.Equal([], Blockers(hidden, force: true));
        // What is unknown and does no harm is none of them.
        Assert.Equal(FindingStatus.Unknown, Sides.Find("Move.Size").Status);
        Assert.Equal([], Blockers());
    }

    static IEnumerable<string> Blockers(MoveSide? source = null, MoveSide? target = null, bool force = false, bool resumes = false) =>
        CopyBlockers.Find(Sides.Report(source, target), force, resumes).Select(finding => finding.Id);
}
