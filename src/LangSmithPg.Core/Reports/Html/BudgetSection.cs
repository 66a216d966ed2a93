using LangSmithPg.Budgets;
using LangSmithPg.Common;
using LangSmithPg.Findings;

namespace LangSmithPg.Reports.Html;

/// <summary>The connections that the pods of a release can open: a bar for each workload, server by server, and what was found.</summary>
static class BudgetSection
{
    /// <summary>Writes it.</summary>
    /// <param name="budget">The budget.</param>
    /// <param name="number">Its number on the page.</param>
    public static Markup Write(ConnectionBudget budget, int number)
    {
        var longest = budget.Workloads.Select(one => one.Connections).Append(1).Max();
        return Markup.Of($"""
            <section class="budget" aria-labelledby="budget-{number}">
            <h2 id="budget-{number}">{budget.Status.SpokenSign()}Connections{(budget.ChartVersion is { } version ? $", chart {version}" : "")}, at {budget.At.ToString()}: {budget.Connections}</h2>
            {budget.Servers.Select(server => Server(budget, server, longest))}
            {(budget.Workloads.Any(one => one.IsAssumed) ? Markup.Of($"""<p class="muted">? is an assumption: the size of this pool is not documented.</p>""") : default)}
            </section>

            """);
    }

    static Markup Server(ConnectionBudget budget, ServerBudget server, int longest) => Markup.Of($"""
        <h3>{server.Status.SpokenSign()}<bdi>{server.Server}</bdi> ({string.Join(", ", server.Databases)}): {server.Connections} of {(server.Available is { } available ? $"{available}" : "an unknown number")}</h3>
        <ul class="bars">
        {budget.Workloads.Where(one => one.Server == server.Server).Select(one => Bar(one, longest))}</ul>
        {budget.Findings.Where(finding => finding.Target == server.Server && finding.Status > FindingStatus.Pass).Select(Found)}
        """);

    static Markup Bar(WorkloadBudget one, int longest) => Markup.Of($"""
        <li><span>{one.Workload}</span><meter min="0" max="{longest}" value="{one.Connections}" aria-hidden="true"></meter><span>{one.Pods} × {one.Pool}{(one.IsAssumed ? "?" : "")} = {one.Connections}</span></li>

        """);

    static Markup Found(Finding finding) => Markup.Of($"""
        <p>{finding.Status.SpokenSign()}{finding.Message} <code>{finding.Id}</code></p>
        {(finding.Fix is { } fix ? Markup.Of($"<pre><code>{fix.Text}</code></pre>") : default)}
        """);
}
