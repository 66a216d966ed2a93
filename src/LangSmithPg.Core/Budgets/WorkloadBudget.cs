using LangSmithPg.Charts;
using LangSmithPg.Common;
using LangSmithPg.Connections;

namespace LangSmithPg.Budgets;

/// <summary>The connections of one workload to one database.</summary>
public sealed record WorkloadBudget
{
    /// <summary>The workload, by its place in the values, such as <c>backend</c> or <c>polly.queue</c>.</summary>
    public required string Workload { get; init; }

    /// <summary>What it runs as.</summary>
    public required WorkloadKind Kind { get; init; }

    /// <summary>What the database is for.</summary>
    public required DatabasePurpose Database { get; init; }

    /// <summary>The server of the database, as in <see cref="ServerBudget.Server"/>.</summary>
    public required string Server { get; init; }

    /// <summary>The number of pods.</summary>
    public required int Pods { get; init; }

    /// <summary>How many of them only a rolling update starts.</summary>
    public int Surge { get; init; }

    /// <summary>Where the number of pods comes from.</summary>
    public required NumberSource PodsSource { get; init; }

    /// <summary>The value that sets the number of pods; null where none does.</summary>
    public ValuesPath? PodsKey { get; init; }

    /// <summary>The connections that a pod may open.</summary>
    public required int Pool { get; init; }

    /// <summary>Where the size of the pool comes from.</summary>
    public required NumberSource PoolSource { get; init; }

    /// <summary>The environment variable or value that sets the size of the pool; null where none is known.</summary>
    public string? PoolVariable { get; init; }

    /// <summary>The list of the values in which that variable can be set; null where the chart sets it itself, or there is none.</summary>
    public ValuesPath? PoolKey { get; init; }

    /// <summary>The connections of all pods, with full pools.</summary>
    public int Connections => Pods * Pool;

    /// <summary>Whether one of the numbers is an assumption of this module.</summary>
    public bool IsAssumed => PodsSource == NumberSource.Assumed || PoolSource == NumberSource.Assumed;

    // Whether the list has entries already, which a fix must not replace.
    internal bool HasVariables { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Workload}: {Pods} x {Pool}{(IsAssumed ? " (assumed)" : "")}";
}
