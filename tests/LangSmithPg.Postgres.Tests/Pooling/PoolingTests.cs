using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;
using LangSmithPg.Sandbox.PgBouncer;
using LangSmithPg.Sandbox.Tls;
using LangSmithPg.Servers;

namespace LangSmithPg.Postgres.Tests.Pooling;

/// <summary>Whether a pooler is one that LangSmith can live with.</summary>
public sealed class PoolingTests(SharedServers servers)
{
    static readonly string[] What_LangSmith_sends = ["search_path", "lock_timeout"];

    public static TheoryData<PoolMode, bool, FindingStatus, string> Modes { get; } = new()
    {
        { PoolMode.Session, true, FindingStatus.Warning, "community-based" },
        { PoolMode.Session, false, FindingStatus.Fail, "rejects the startup parameters" },
        { PoolMode.Transaction, true, FindingStatus.Fail, "after each transaction" },
        { PoolMode.Transaction, false, FindingStatus.Fail, "after each transaction" },
        { PoolMode.Statement, true, FindingStatus.Fail, "after each transaction" },
    };

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Every_mode_is_told_apart(PoolMode mode, bool ignoresParameters, FindingStatus status, string words)
    {
        var finding = await LookThroughAsync(options => options with
        {
            PoolMode = mode,
            IgnoreStartupParameters = ignoresParameters ? What_LangSmith_sends : [],
        });

        Assert.Equal(status, finding.Status);
        Assert.Contains(words, finding.Message, StringComparison.Ordinal);
        Assert.NotNull(finding.Fix);
        Assert.Equal(status == FindingStatus.Fail && !ignoresParameters, finding.Fix.Text.Contains("ignore_startup_parameters = search_path", StringComparison.Ordinal) && finding.Evidence is not null);
        Assert.Equal(words == "after each transaction", finding.Fix.Text.Contains("pool_mode = session", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Doing_what_the_fix_says_is_enough()
    {
        var broken = await LookThroughAsync(options => options with { PoolMode = PoolMode.Transaction });
        var lines = broken.Fix!.Text.Split('\n').Where(line => line.Contains('=', StringComparison.Ordinal)).Select(line => line.Split('=', 2)).ToDictionary(line => line[0].Trim(), line => line[1].Trim());

        var mended = await LookThroughAsync(options => options with
        {
            PoolMode = Enum.Parse<PoolMode>(lines["pool_mode"], ignoreCase: true),
            IgnoreStartupParameters = lines["ignore_startup_parameters"].Split(", "),
        });

        Assert.Equal(FindingStatus.Warning, mended.Status);
    }

    [Fact]
    public async Task A_pool_with_room_for_one_is_honestly_unknown()
    {
        var finding = await LookThroughAsync(options => options with
        {
            PoolMode = PoolMode.Session,
            IgnoreStartupParameters = What_LangSmith_sends,
            Settings = new Dictionary<string, string> { ["default_pool_size"] = "1" },
        });

        Assert.Equal(FindingStatus.Unknown, finding.Status);
    }

    [Fact]
    public async Task A_search_path_that_the_pooler_drops_leads_elsewhere_until_the_role_has_it()
    {
        var server = await servers.GetAsync();
        // A database of its own: the fix is for the role in it, which other tests use in theirs.
        const string Own = "search_path_of_the_role";
        await server.Connection().AskAsync($"CREATE DATABASE {Own}");
        var direct = server.Connection();
        direct.Database = Own;
        await direct.AskAsync("CREATE SCHEMA \"own \"\"schema\"");
        await using var pooler = await Sandbox.Tests.Servers.StartBouncerAsync(PgBouncerServerOptions.For(server) with
        {
            PoolMode = PoolMode.Session, IgnoreStartupParameters = What_LangSmith_sends,
        });
        var parts = server.Parts() with { Port = pooler.Port, Database = Own, Schema = "own \"schema" };

        var finding = PoolerFinding(await parts.LookAsync());
        Assert.Equal(FindingStatus.Fail, finding.Status);
        Assert.Contains("schema public, not in own \"schema", finding.Message, StringComparison.Ordinal);

        await direct.AskAsync(finding.Fix!.Text);
        await using var fresh = await Sandbox.Tests.Servers.StartBouncerAsync(PgBouncerServerOptions.For(server) with
        {
            PoolMode = PoolMode.Session, IgnoreStartupParameters = What_LangSmith_sends,
        });
        var mended = await (parts with { Port = fresh.Port }).LookAsync();
        Assert.Equal(FindingStatus.Warning, PoolerFinding(mended).Status);
        Assert.Equal(FindingStatus.Pass, ReadinessEvaluator.Evaluate(mended, new(2026, 1, 1)).Findings.Single(one => one.Id == "Session.Overrides").Status);
    }

    [Fact]
    public async Task A_direct_connection_has_no_pooler_and_one_session()
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync());

        var observation = await tenant.Parts.LookAsync();

        Assert.Null(observation.Pooler);
        Assert.Equal(FindingStatus.Pass, PoolerFinding(observation).Status);
        var log = tenant.Server.ReadLog();
        Assert.Equal(1, log.Split('\n').Count(line => line.Contains($"connection authorized: user={tenant.Role}", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task TLS_that_ends_at_the_pooler_is_said_to()
    {
        using var authority = CertificateAuthority.CreateRoot();
        var server = await servers.GetAsync();
        await using var pooler = await Sandbox.Tests.Servers.StartBouncerAsync(PgBouncerServerOptions.For(server) with
        {
            PoolMode = PoolMode.Session,
            IgnoreStartupParameters = What_LangSmith_sends,
            Tls = authority.IssueServer(["localhost", "127.0.0.1"]).ToServerTls(),
        });

        var observation = await (server.Parts() with { Port = pooler.Port, SslMode = SslMode.Require }).LookAsync();

        var findings = ReadinessEvaluator.Evaluate(observation, new(2026, 1, 1)).Findings.ToDictionary(finding => finding.Id);
        Assert.Equal(FindingStatus.Pass, findings["Tls.Encryption"].Status);
        Assert.Equal(FindingStatus.Warning, findings["Tls.Termination"].Status);
        Assert.Equal(FindingStatus.Warning, findings["Pooler"].Status);
    }

    async Task<Finding> LookThroughAsync(Func<PgBouncerServerOptions, PgBouncerServerOptions> change)
    {
        var server = await servers.GetAsync();
        await using var pooler = await Sandbox.Tests.Servers.StartBouncerAsync(change(PgBouncerServerOptions.For(server)));
        var observation = await (server.Parts() with { Port = pooler.Port }).LookAsync();
        Assert.NotNull(observation.Pooler);
        return PoolerFinding(observation);
    }

    static Finding PoolerFinding(ServerObservation observation) =>
        ReadinessEvaluator.Evaluate(observation, new(2026, 1, 1)).Findings.Single(finding => finding.Id == "Pooler");
}
