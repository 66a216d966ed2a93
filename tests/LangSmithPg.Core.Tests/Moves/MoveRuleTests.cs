using LangSmithPg.Clouds;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Findings;
using LangSmithPg.Moves;
using LangSmithPg.Readiness;
using LangSmithPg.Servers;

namespace LangSmithPg.Core.Tests.Moves;

/// <summary>Both sides of each rule.</summary>
public sealed class MoveRuleTests
{
    [Fact]
    public void What_can_be_moved_has_nothing_to_do()
    {
        var report = Sides.Report();
        Assert.True(report.IsReady, report.Verdict);
        Assert.Equal(ReportKind.Move, report.Kind);
        Assert.All(report.Findings.Where(finding => finding.Id.StartsWith("Move.", StringComparison.Ordinal) && finding.Id != "Move.Size"), finding =>
        {
            Assert.Equal((finding.Id, FindingStatus.Pass, null), (finding.Id, finding.Status, finding.Fix));
            Assert.NotNull(finding.Why);
        });
        Assert.DoesNotContain(report.Findings, finding => finding.Status == FindingStatus.Pass && finding.Id != "Connection" && !finding.Id.StartsWith("Move.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, true, true, "7000000000000000001", FindingStatus.Fail)]
    [InlineData(true, true, true, null, FindingStatus.Fail)]
    // A restored backup has the same numbers, but is a server of its own.
    [InlineData(false, true, true, "7000000000000000001", FindingStatus.Pass)]
    [InlineData(true, false, true, "7000000000000000001", FindingStatus.Pass)]
    [InlineData(true, true, false, "7000000000000000001", FindingStatus.Pass)]
    [InlineData(true, true, true, "7000000000000000009", FindingStatus.Pass)]
    public void One_database_is_known_by_its_server_and_its_number(bool sameStart, bool sameId, bool sameName, string? identifier, FindingStatus status)
    {
        var target = Sides.Target(
            facts => facts with { StartTime = sameStart ? "1763884800.000001" : "1763884900.000000", DatabaseId = sameId ? facts.DatabaseId : 5, SystemIdentifier = identifier },
            server => sameName ? server : server with { Database = server.Database with { Name = "other" } });
        Assert.Equal(status, Sides.Find("Move.SameDatabase", target: target).Status);
    }

    [Theory]
    [InlineData(14, 18, FindingStatus.Pass)]
    [InlineData(16, 16, FindingStatus.Pass)]
    [InlineData(17, 16, FindingStatus.Fail)]
    public void An_older_server_is_no_target(int from, int to, FindingStatus status) =>
        Assert.Equal(status, Sides.Find("Move.Version", Sides.Source(server: facts => facts.WithMajor(from)), Sides.Target(server: facts => facts.WithMajor(to))).Status);

    [Fact]
    public void A_target_with_objects_is_no_target()
    {
        var finding = Sides.Find("Move.TargetEmpty", target: Sides.Target(facts => facts with
        {
            ObjectCount = 12,
            Objects = [new("table", "public.runs"), new("table", "a.b"), new("view", "a.c"), new("type", "a.d")],
            Schemas = [new("public", CanCreate: true, HasObjects: true), new("a\"\nDROP", CanCreate: true, HasObjects: true)],
        }));
        Assert.Equal(FindingStatus.Fail, finding.Status);
        Assert.Contains("12 objects, such as table public.runs, table a.b, view a.c", finding.Message, StringComparison.Ordinal);
        // Nothing of it drops anything when it is pasted.
        Assert.All(finding.Fix!.Text.Split('\n').Where(line => line.Contains("DROP", StringComparison.Ordinal)), line => Assert.StartsWith("--", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_source_in_use_is_not_moved_and_the_clouds_machinery_is_no_use()
    {
        var used = Sides.Find("Move.Writers", Sides.Source(facts => facts with
        {
            Sessions = [new("langsmith", "backend", "idle", Writes: false, 3), new("langsmith", "", "active", Writes: true, 1), new("rdsadmin", "", "idle", Writes: false, 1)],
        }));
        Assert.Equal(FindingStatus.Fail, used.Status);
        Assert.Equal("The source is in use: 4 other sessions of backend, role langsmith.", used.Message);
        Assert.Contains("1 of role langsmith, active, has changed something", used.Evidence, StringComparison.Ordinal);
        Assert.Equal(FindingStatus.Pass, Sides.Find("Move.Writers", Sides.Source(facts => facts with { Sessions = [new("azuresu", "", "idle", Writes: false, 1)], Backends = 2 })).Status);
    }

    [Theory]
    [InlineData(2, false, FindingStatus.Unknown)]
    [InlineData(1, false, FindingStatus.Pass)]
    [InlineData(2, true, FindingStatus.Pass)]
    public void Sessions_that_are_hidden_are_unknown(int backends, bool seesAll, FindingStatus status) =>
        Assert.Equal(status, Sides.Find("Move.Writers", Sides.Source(facts => facts with { Backends = backends, SeesAllSessions = seesAll })).Status);

    [Fact]
    public void What_replicates_or_is_in_doubt_is_a_warning()
    {
        var finding = Sides.Find("Move.Replication", Sides.Source(facts => facts with { PreparedTransactions = ["a'b"], Slots = ["s"], Subscriptions = ["from_old"] }));
        Assert.Equal(FindingStatus.Warning, finding.Status);
        Assert.EndsWith("ROLLBACK PREPARED 'a''b';", finding.Fix?.Text, StringComparison.Ordinal);
        Assert.Equal("The source has 1 prepared transaction (a'b), 1 replication slot (s), 1 subscription (from_old).", finding.Message);
    }

    [Fact]
    public void What_cannot_be_read_in_full_cannot_be_moved()
    {
        var closed = Sides.Find("Move.Read", Sides.Source(facts => facts with { UnreadableCount = 7, Unreadable = ["public.runs", "public.b"] }));
        Assert.Equal((FindingStatus.Fail, true), (closed.Status, closed.Message.EndsWith("public.runs, public.b and 5 more.", StringComparison.Ordinal)));
        Assert.StartsWith("GRANT pg_read_all_data TO \"", closed.Fix?.Text, StringComparison.Ordinal);
        var filtered = Sides.Find("Move.Read", Sides.Source(facts => facts with { Filtered = ["public.runs"] }));
        Assert.Equal((FindingStatus.Fail, true), (filtered.Status, filtered.Fix!.Text.Contains("BYPASSRLS", StringComparison.Ordinal)));
        var large = Sides.Find("Move.Read", Sides.Source(facts => facts with { LargeObjects = 2, UnreadableLargeObjects = [5, 6] }));
        Assert.Equal((FindingStatus.Fail, true), (large.Status, large.Fix!.Text.StartsWith("GRANT SELECT ON LARGE OBJECT 5, 6 TO", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_extension_has_to_be_there_or_to_be_had()
    {
        // Installed by whomever.
        Assert.Equal("The target has the extensions of the source.", Find("citext", target: [new("citext", "1.6", "public", "postgres")]).Message);
        // Not yet: the role creates what is trusted.
        var creatable = Find("citext");
        Assert.Equal((FindingStatus.Pass, "citext of the source is not installed in the target yet; its role may create it."), (creatable.Status, creatable.Message));
        var closed = Find("citext", server: facts => facts with { Database = facts.Database with { CanCreate = false } });
        Assert.Equal((FindingStatus.Fail, true), (closed.Status, closed.Fix!.Text.EndsWith("CREATE EXTENSION IF NOT EXISTS \"citext\" SCHEMA \"public\";", StringComparison.Ordinal)));
        Assert.Equal(FindingStatus.Fail, Find("dblink").Status);
        Assert.Equal(FindingStatus.Pass, Find("dblink", server: facts => facts with { Role = facts.Role with { IsSuperuser = true } }).Status);
        Assert.Contains("has no files for postgis, ", Find("postgis").Message, StringComparison.Ordinal);
        Assert.Equal(FindingStatus.Unknown, Sides.Find("Move.Extensions", target: Sides.Target(facts => facts with { Extensions = [], Available = null })).Status);
        Assert.Equal("The source uses no extensions.", Sides.Find("Move.Extensions", Sides.Source(facts => facts with { Extensions = [] })).Message);
    }

    [Fact]
    public void An_older_extension_is_a_warning_and_another_schema_a_failure()
    {
        var older = Find("citext", target: [new("citext", "1.5", "public", "boss")]);
        Assert.Equal((FindingStatus.Warning, "ALTER EXTENSION \"citext\" UPDATE; -- on the target, as boss"), (older.Status, older.Fix?.Text));
        Assert.Equal(FindingStatus.Pass, Find("citext", target: [new("citext", "1.10", "public", "boss")]).Status);
        var elsewhere = Find("citext", target: [new("citext", "1.6", "ext", "boss")]);
        Assert.Equal((FindingStatus.Fail, true), (elsewhere.Status, elsewhere.Fix!.Text.StartsWith("ALTER EXTENSION \"citext\" SET SCHEMA \"public\";", StringComparison.Ordinal)));
    }

    [Fact]
    public void Azures_list_has_to_allow_an_extension()
    {
        var finding = Find("citext", server: facts => facts with { Settings = new Dictionary<string, string>(facts.Settings) { ["azure.extensions"] = "LTREE" }, ProviderRoles = ["azuresu", "azure_pg_admin"] });
        Assert.Equal((FindingStatus.Fail, true), (finding.Status, finding.Message.StartsWith("azure.extensions of the target does not allow citext", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_targets_role_has_to_create_schemas_and_objects()
    {
        var source = Sides.Source(facts => facts with { Schemas = [new("public", CanCreate: true, HasObjects: true), new("langsmith", CanCreate: true, HasObjects: true)] });
        Assert.Equal(FindingStatus.Pass, Sides.Find("Move.Privileges", source).Status);
        var finding = Sides.Find("Move.Privileges", source, Sides.Target(
            facts => facts with { Schemas = [new("public", CanCreate: false, HasObjects: false)] }, server => server with { Database = server.Database with { CanCreate = false } }));
        Assert.Equal(FindingStatus.Fail, finding.Status);
        Assert.Contains("GRANT CREATE ON DATABASE", finding.Fix?.Text, StringComparison.Ordinal);
        Assert.Contains("GRANT USAGE, CREATE ON SCHEMA \"public\"", finding.Fix?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_only_a_superuser_may_create_is_told()
    {
        var source = Sides.Source(facts => facts with { Restricted = [new("C function", "public.f"), new("language", "plsh")], ForeignServers = ["other"] });
        Assert.Equal(FindingStatus.Fail, Sides.Find("Move.Restricted", source).Status);
        Assert.Equal(FindingStatus.Pass, Sides.Find("Move.Restricted", source, Sides.Target(server: facts => facts with { Role = facts.Role with { IsSuperuser = true } })).Status);
        Assert.Equal(FindingStatus.Unknown, Sides.Find("Move.Restricted", Sides.Source(facts => facts with { ForeignServers = ["other"] })).Status);
    }

    [Fact]
    public void Several_owners_become_one() =>
        Assert.Equal(FindingStatus.Warning, Sides.Find("Move.Owner", Sides.Source(facts => facts with { Owners = ["a", "b"] })).Status);

    [Theory]
    [InlineData("UTF8", "UTF8", FindingStatus.Pass)]
    [InlineData("UTF8", "LATIN1", FindingStatus.Fail)]
    [InlineData("LATIN1", "UTF8", FindingStatus.Warning)]
    [InlineData("SQL_ASCII", "UTF8", FindingStatus.Warning)]
    [InlineData("LATIN1", "LATIN2", FindingStatus.Warning)]
    public void Another_encoding_may_lack_characters(string from, string to, FindingStatus status) => Assert.Equal(status, Sides.Find(
        "Move.Encoding", Sides.Source(server: facts => facts with { Database = facts.Database with { Encoding = from } }),
        Sides.Target(server: facts => facts with { Database = facts.Database with { Encoding = to } })).Status);

    [Theory]
    [InlineData("c", "en_US.utf8", "en_US.UTF-8", null, FindingStatus.Pass)]
    [InlineData("c", "C.UTF-8", "C.UTF-8", null, FindingStatus.Warning)]
    [InlineData("i", "en_US.UTF-8", "en_US.UTF-8", "en-US", FindingStatus.Warning)]
    [InlineData("b", "en_US.UTF-8", "en_US.UTF-8", "C.UTF-8", FindingStatus.Warning)]
    public void Another_collation_sorts_in_another_way(string provider, string collation, string type, string? locale, FindingStatus status)
    {
        var finding = Sides.Find(
            "Move.Collation", Sides.Source(server: facts => facts with { Database = facts.Database with { Collation = "en_US.UTF-8" } }),
            Sides.Target(facts => facts with { LocaleProvider = provider, Locale = locale, CharacterType = type }, server => server with { Database = server.Database with { Collation = collation } }));
        Assert.True(status == finding.Status, finding.Message);
    }

    [Fact]
    public void Collations_of_columns_have_to_be_there()
    {
        Assert.Equal(FindingStatus.Fail, Sides.Find("Move.CollationObjects", Sides.Source(facts => facts with { UsedCollations = ["de_DE"] })).Status);
        Assert.Equal(FindingStatus.Pass, Sides.Find("Move.CollationObjects", Sides.Source(facts => facts with { UsedCollations = ["en_US"] })).Status);
        Assert.Equal(FindingStatus.Unknown, Sides.Find("Move.CollationObjects", Sides.Source(facts => facts with { Collations = [new("public.german", "c", "de_DE.utf8")] })).Status);
        Assert.Equal(FindingStatus.Pass, Sides.Find("Move.CollationObjects", Sides.Source(facts => facts with { Collations = [new("public.german", "i", "de")] })).Status);
    }

    [Fact]
    public void What_is_not_in_a_dump_is_told_with_the_statements()
    {
        Assert.Equal(
            "Not moved: publication p, subscription s, event trigger t.",
            Sides.Find("Move.Objects", Sides.Source(facts => facts with { Publications = ["p"], Subscriptions = ["s"], EventTriggers = ["t"] })).Message);
        var settings = Sides.Find("Move.Settings", Sides.Source(facts => facts with
        {
            Settings = [new(Role: null, "langsmith", "search_path=\"a, \"\"b\", public"), new("o'neil", "langsmith", "work_mem=64MB"), new(Role: null, "langsmith", "app.x=it's")],
        }));
        Assert.Equal(FindingStatus.Warning, settings.Status);
        Assert.Equal(
            [
                "-- on the target, as far as they are wanted there",
                "ALTER DATABASE \"langsmith\" SET \"search_path\" TO 'a, \"b', 'public';",
                "ALTER ROLE \"o'neil\" IN DATABASE \"langsmith\" SET \"work_mem\" TO '64MB';",
                "ALTER DATABASE \"langsmith\" SET \"app\".\"x\" TO 'it''s';",
            ],
            settings.Fix!.Text.Split('\n'));
    }

    [Fact]
    public void The_room_is_unknown_unless_the_cloud_describes_it()
    {
        Assert.Equal(FindingStatus.Unknown, Sides.Find("Move.Size").Status);
        Assert.Contains("5 GB", Sides.Find("Move.Size").Message, StringComparison.Ordinal);
        Assert.Equal(FindingStatus.Pass, Described(new(ServerProvider.Azure, "s") { StorageGrows = true }));
        Assert.Equal(FindingStatus.Warning, Described(new(ServerProvider.Azure, "s") { StorageSize = 2 }));
        Assert.Equal(FindingStatus.Unknown, Described(new(ServerProvider.Azure, "s") { StorageSize = 32 }));

        static FindingStatus Described(CloudServer server) =>
            Sides.Find("Move.Size", target: Sides.Target() with { Connection = Readiness.Inputs.Described(server) }).Status;
    }

    [Fact]
    public void The_time_states_what_it_assumes()
    {
        var finding = Sides.Find("Move.Time");
        Assert.Equal((FindingStatus.Pass, "The move is estimated to take between 2 minutes and 18 minutes."), (finding.Status, finding.Message));
        Assert.Contains("5 to 50 MB per second are assumed", finding.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_side_that_cannot_be_checked_is_not_ready()
    {
        var (source, target) = (Sides.Source(), Sides.Target());
        var lost = Sides.Look(source) with { Facts = null };
        lost = lost with { Observation = lost.Observation with { Facts = null, Failure = new(ConnectionFailureKind.AuthenticationFailed, "The password is wrong.", "Use another one.") } };
        var report = MoveEvaluator.Evaluate(lost, Sides.Look(target), Sides.Today);
        Assert.Equal((false, "The source old.example.com:5432/langsmith cannot be checked: The password is wrong."), (report.IsReady, report.Findings.Single(finding => finding.Id == "Move.Source").Message));
        Assert.DoesNotContain(report.Findings, finding => finding.Id == "Move.TargetEmpty");
        Assert.False(MoveEvaluator.Evaluate(Sides.Look(source) with { Facts = null }, Sides.Look(target), Sides.Today).IsReady);
        Assert.Contains(MoveEvaluator.Evaluate(Sides.Look(source), Sides.Look(target) with { Facts = null }, Sides.Today).Problems, finding => finding.Id == "Move.Target");
    }

    static Finding Find(string name, InstalledExtension[]? target = null, Func<ServerFacts, ServerFacts>? server = null) => Sides.Find(
        "Move.Extensions", Sides.Source(facts => facts with { Extensions = [new(name, "1.6", PgConnectionString.DefaultSchema, "langsmith")] }),
        Sides.Target(facts => facts with { Extensions = target ?? [] }, server));
}
