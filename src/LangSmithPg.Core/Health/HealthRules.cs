using LangSmithPg.Findings;
using LangSmithPg.Health.Rules;

namespace LangSmithPg.Health;

/// <summary>All rules of a health check, in the order in which an admin wants to read their findings.</summary>
static class HealthRules
{
    static readonly IHealthRule[] All =
    [
        new VisibilityRule(), new ConnectionRule(), new BlockedRule(), new IdleInTransactionRule(), new LongTransactionRule(), new HorizonRule(), new TransactionIdRule(), new MultixactRule(),
        new AutovacuumRule(), new DeadRowsRule(), new BloatRule(), new SlotRule(), new SequenceRule(), new IndexCollationRule(), new InvalidIndexRule(), new DuplicateIndexRule(),
        new UnusedIndexRule(), new CheckpointRule(), new CacheRule(), new TemporaryFileRule(), new GrowthRule(), new TraceRule(),
    ];

    /// <summary>Puts every question to a server.</summary>
    /// <param name="input">What is known.</param>
    public static IReadOnlyList<Finding> Evaluate(HealthInput input) => [.. All.Select(rule => rule.Evaluate(input))];
}
