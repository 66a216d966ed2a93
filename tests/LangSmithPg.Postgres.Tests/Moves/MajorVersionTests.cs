using LangSmithPg.Connections;
using LangSmithPg.Moves;
using LangSmithPg.Postgres.Moves;
using LangSmithPg.Postgres.Tests.Comparisons;
using LangSmithPg.Postgres.Tests.Moves.Job;

namespace LangSmithPg.Postgres.Tests.Moves;

/// <summary>A database with every type and every kind of object, moved from one major version to another and compared with its source.</summary>
public sealed class MajorVersionTests(SharedServers servers)
{
    [Theory]
    [InlineData(14, 15, 15)]
    [InlineData(14, 17, 17)]
    [InlineData(16, 17, 17)]
    [InlineData(14, 18, 17)]
    public async Task Nothing_is_lost_by_the_cmdlet_nor_by_the_job(int from, int to, int tools)
    {
        var folder = ClientTools.Folder(tools);
        var source = await CreateAsync(from);
        foreach (var statement in Everything.Script)
        {
            await source.AskAsync($"SET ROLE {source.QuotedRole}; {statement}; RESET ROLE");
        }

        var byCmdlet = await CreateAsync(to);
        Assert.Equal(tools, ToolVersions.Major((await CopyAsync(source, byCmdlet, folder)).ToolVersion));
        await AssertEqualAsync(source, from, byCmdlet, to);

        var byJob = await CreateAsync(to);
        using var pod = new CopyPod("dash", source, byJob, tools);
        var run = await pod.RunAsync();
        Assert.True(run.ExitCode == 0, run.Output);
        await AssertEqualAsync(source, from, byJob, to);
    }

    [Fact]
    public async Task A_source_that_is_newer_than_pg_dump_is_refused()
    {
        var folder = ClientTools.Folder(17);
        var (source, target) = (await CreateAsync(18), await CreateAsync(18));

        var failure = await Assert.ThrowsAsync<MoveException>(() => CopyAsync(source, target, folder));
        Assert.Equal(MoveProblemKind.ToolsNotSuitable, failure.Kind);
        Assert.Equal($"No suitable pg_dump was found: pg_dump 17 cannot dump PostgreSQL 18 ({folder}).", failure.Message);
        Assert.Equal("Install the client tools of PostgreSQL 18, and specify their folder with -PgBinPath.", failure.Fix);

        using var pod = new CopyPod("dash", source, target, tools: 17);
        var run = await pod.RunAsync();
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("pg_dump 17 cannot dump PostgreSQL 18. Use an image of PostgreSQL 18 or later.", run.MessageOf("versions"));
    }

    [Fact]
    public async Task A_target_that_is_older_than_pg_restore_is_refused()
    {
        var folder = ClientTools.Folder(17);
        var (source, target) = (await CreateAsync(14), await CreateAsync(15));

        var failure = await Assert.ThrowsAsync<MoveException>(() => CopyAsync(source, target, folder));
        Assert.Equal(MoveProblemKind.ToolsNotSuitable, failure.Kind);
        Assert.Contains("pg_restore 17 sets transaction_timeout, which PostgreSQL 15 does not have", failure.Message, StringComparison.Ordinal);

        using var pod = new CopyPod("dash", source, target, tools: 17);
        Assert.Equal("pg_restore 17 sets transaction_timeout, which PostgreSQL 15 does not have. Use an image of PostgreSQL 15.", (await pod.RunAsync()).MessageOf("versions"));
    }

    async Task<Tenant> CreateAsync(int major)
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync(major));
        await tenant.AskAsync($"ALTER DATABASE {tenant.QuotedDatabase} OWNER TO {tenant.QuotedRole}");
        return tenant;
    }

    static async Task<DatabaseCopy> CopyAsync(Tenant source, Tenant target, string tools)
    {
        var (from, to) = await MoveCheck.RunAsync(Connection(source), new(), Connection(target), new(), TestContext.Current.CancellationToken);
        Assert.Equal([], CopyBlockers.Find(MoveEvaluator.Evaluate(from, to, new(2026, 11, 30)), force: false, resumes: false).Select(one => one.ToString()));
        return await DatabaseCopyRun.RunAsync(new(from, new(), to, new()) { Jobs = 4, ToolFolder = tools }, TestContext.Current.CancellationToken);

        static PgConnectionString Connection(Tenant tenant) => PgConnectionString.FromParts(tenant.Parts).Require();
    }

    // Everything but what a move leaves behind: the roles and what was granted to them, publications, and what the versions bring themselves.
    static async Task AssertEqualAsync(Tenant source, int from, Tenant target, int to)
    {
        var comparison = await new Pair(source, target).CompareAsync();
        Assert.Equal([], comparison.DifferentTables.Select(table => table.ToString()));
        Assert.Equal(9, comparison.Tables.Count);
        Assert.True(comparison.IsEqual);
        string[] expected =
        [
            $"Database 33 objects: owner {source.Role}, now {target.Role}", "Table public.every_type: grants PUBLIC SELECT, now not set",
            "Column public.every_type.a: column grants PUBLIC UPDATE, now not set", "Publication news is missing",
            .. from < 15 ? (string[])["Schema public: grants PUBLIC CREATE, PUBLIC USAGE, now PUBLIC USAGE"] : [],
            .. to >= 17 ? (string[])["Extension ltree: version 1.2, now 1.3"] : [],
            .. to >= 18 ? (string[])["Extension citext: version 1.6, now 1.8"] : [],
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), comparison.Objects.Select(one => one.ToString()).Order(StringComparer.Ordinal));
    }
}
