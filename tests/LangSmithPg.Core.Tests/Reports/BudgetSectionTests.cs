using LangSmithPg.Budgets;
using LangSmithPg.Charts;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Databases;
using LangSmithPg.Reports.Html;

namespace LangSmithPg.Core.Tests.Reports;

public sealed class BudgetSectionTests
{
    [Fact]
    public void A_page_has_a_bar_for_each_workload_of_a_server()
    {
        var page = Page.Parse(HtmlReport.Write(Samples.Of(Samples.Ready()) with { Budgets = [Budget("db.example.com:5432")] }));

        var bars = page.Descendants("meter").Select(bar => ((string?)bar.Attribute("value"), (string?)bar.Attribute("max"))).ToList();
        Assert.Equal([("20", "300"), ("300", "300")], bars);
        Assert.Contains("2 × 10? = 20", page.Value, StringComparison.Ordinal);
        Assert.Contains("db.example.com:5432 (LangSmith): 320 of 97", page.Value.ReplaceLineEndings(""), StringComparison.Ordinal);
        Assert.Contains("Too many.", page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_names_stay_texts()
    {
        var page = Page.Parse(HtmlReport.Write(Samples.Of(Samples.Ready()) with { Budgets = [Budget("<script>alert(1)</script>")] }));

        Assert.Contains("<script>alert(1)</script>", page.Value, StringComparison.Ordinal);
        Assert.Single(page.Descendants("script"));
    }

    static ConnectionBudget Budget(string server) => new()
    {
        ChartVersion = new("0.16.11"),
        At = BudgetMoment.Default,
        Workloads = [Workload(server, "backend", 2, 10, NumberSource.Assumed), Workload(server, "polly.queue", 2, 150, NumberSource.Documented)],
        Servers =
        [
            new()
            {
                Server = server, Location = DatabaseLocation.External, Databases = [DatabasePurpose.LangSmith], Connections = 320, Assumed = 20, MaxConnections = 100, Reserved = 3,
            },
        ],
        Findings = [new() { Id = "Budget.Server", Status = FindingStatus.Fail, Target = server, Message = "Too many." }],
    };

    static WorkloadBudget Workload(string server, string name, int pods, int pool, NumberSource source) => new()
    {
        Workload = name, Kind = WorkloadKind.Deployment, Database = DatabasePurpose.LangSmith, Server = server, Pods = pods, PodsSource = NumberSource.Chart, Pool = pool, PoolSource = source,
    };
}
