using LangSmithPg.Findings;
using LangSmithPg.Readiness.Rules;

namespace LangSmithPg.Readiness;

/// <summary>All rules, in the order in which an admin wants to read their findings.</summary>
static class ReadinessRules
{
    static readonly IReadinessRule[] All =
    [
        new ProductRule(), new VersionRule(), new ProviderRule(), new WritableRule(), new TlsRule(), new CertificateRule(), new ClientCertificateRule(), new PoolerRule(), new IamRule(),
        new EncodingRule(), new PrivilegeRule(), new ExtensionRule(), new OverrideRule(), new SearchPathRule(), new DedicatedRule(), new TimeLimitRule(), new LimitRule(), new AccountRule(),
        new DurabilityRule(), new TemporaryFilesRule(), new HealthRule(), new ReplicationRule(), new PreparedTransactionRule(), new CollationRule(), new TablespaceRule(), new DefaultPrivilegesRule(),
        new SizeRule(),
    ];

    /// <summary>Puts every question to a database.</summary>
    /// <param name="input">What is known.</param>
    public static IReadOnlyList<Finding> Evaluate(ReadinessInput input) => [.. All.SelectMany(rule => rule.Evaluate(input))];
}
