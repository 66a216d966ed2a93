using LangSmithPg.Charts;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Findings;

namespace LangSmithPg.Budgets;

/// <summary>The connections of a LangSmith release to its PostgreSQL servers, and whether these have enough.</summary>
public sealed record ConnectionBudget
{
    /// <summary>The version of the chart; null where the chart does not say.</summary>
    public required ChartVersion? ChartVersion { get; init; }

    /// <summary>The moment for which they are counted.</summary>
    public required BudgetMoment At { get; init; }

    /// <summary>The workloads that connect, database by database.</summary>
    public required IReadOnlyList<WorkloadBudget> Workloads { get; init => field = value.ToArray(); }

    /// <summary>The totals of each server.</summary>
    public required IReadOnlyList<ServerBudget> Servers { get; init => field = value.ToArray(); }

    /// <summary>What was found, server by server.</summary>
    public required IReadOnlyList<Finding> Findings { get; init => field = value.ToArray(); }

    /// <summary>The worst of the findings.</summary>
    public FindingStatus Status => Findings.Select(finding => finding.Status).Append(FindingStatus.NotApplicable).Max();

    /// <summary>The connections to all servers, with full pools.</summary>
    public int Connections => Servers.Sum(server => server.Connections);

    /// <summary>The connections that the server of a connection needs; null where the budget does not know that server.</summary>
    internal int? For(PgConnectionString connection) => Servers.FirstOrDefault(server => ServerName.Of(connection).Contains(server.Server))?.Connections;

    /// <inheritdoc/>
    public override string ToString() => $"{At}: {Connections} connections, {Status}";
}
