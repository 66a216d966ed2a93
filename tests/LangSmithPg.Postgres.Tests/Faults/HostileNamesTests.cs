using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Findings;
using LangSmithPg.Postgres.Extensions;
using LangSmithPg.Readiness;
using LangSmithPg.Sql;

namespace LangSmithPg.Postgres.Tests.Faults;

/// <summary>Databases, roles and schemas that are called like statements: names they are, and names they stay.</summary>
public sealed class HostileNamesTests(SharedServers servers)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("\"; DROP TABLE canary; --")]
    [InlineData("'); DROP TABLE canary; --")]
    [InlineData("\\'; DROP TABLE canary; /*")]
    [InlineData("$$; DROP TABLE canary; $$")]
    [InlineData("\n; DROP TABLE canary;\n--")]
    [InlineData("{0} %s $1 :x @y ?")]
    [InlineData("Größe\u200B\u202Eẍ😀")]
    public async Task From_the_first_look_over_every_fix_to_the_rehearsal(string name)
    {
        var tenant = await Tenant.CreateAsync(await servers.GetAsync(), nameEnd: name);
        await tenant.AskAsync("REVOKE ALL ON SCHEMA public FROM PUBLIC; CREATE TABLE public.canary (id int)");
        var connection = PgConnectionString.FromParts(tenant.Parts with { Schema = $"s{name}" }).Require();

        // A fix may open the way to the next one, but not for ever.
        for (var round = 0; round < 3 && (await EvaluateAsync(connection, rehearse: false)).Fixes is { Count: > 0 } fixes; round++)
        {
            foreach (var fix in fixes.Where(fix => fix.Kind == RemedyKind.Sql))
            {
                await tenant.AskAsync(fix.Text);
            }
        }

        await tenant.AskAsync($"CREATE SCHEMA IF NOT EXISTS {SqlIdentifier.Quote(connection.Schema)} AUTHORIZATION {tenant.QuotedRole}");
        var (_, attempts) = await ExtensionInstall.RunAsync(connection, new(), Cancellation);
        var report = await EvaluateAsync(connection, rehearse: true);

        Assert.All(attempts, attempt => Assert.Null(attempt.Error));
        Assert.True(report.IsReady, string.Join('\n', report.Findings.Where(finding => finding.Status == FindingStatus.Fail).Select(finding => $"{finding.Id}: {finding.Message} {finding.Evidence}")));
        Assert.Equal("canary", await tenant.AskAsync("SELECT 'public.canary'::regclass::text"));
        Assert.Equal($"{Requirements.Extensions.Count}", await tenant.AskAsync("SELECT count(*) FROM pg_extension WHERE extname <> 'plpgsql'"));
    }

    static async Task<ReadinessReport> EvaluateAsync(PgConnectionString connection, bool rehearse) =>
        rehearse
            ? (await connection.RehearseAsync()).Evaluate(new(2026, 11, 23))
            : ReadinessEvaluator.Evaluate(await connection.LookAsync(), new(2026, 11, 23));
}
