using LangSmithPg.Common;
using LangSmithPg.Findings;

namespace LangSmithPg.Readiness.Rules;

/// <summary>Whether the server is PostgreSQL at all: others speak its protocol, answer the same questions, and lack what migrations use.</summary>
sealed class ProductRule : IReadinessRule
{
    static readonly (string Mark, string Name)[] Others =
    [
        ("CockroachDB", "CockroachDB"), ("-YB-", "YugabyteDB"), ("Redshift", "Amazon Redshift"), ("Greenplum", "Greenplum"), ("Materialize", "Materialize"),
        ("EnterpriseDB", "EDB Postgres Advanced Server"),
    ];

    public IEnumerable<Finding> Evaluate(ReadinessInput input)
    {
        var version = input.Facts.Server.Version;
        var other = Others.FirstOrDefault(one => version.Contains(one.Mark, StringComparison.OrdinalIgnoreCase)).Name;
        yield return input.Finding("Server.Product", other is null ? FindingStatus.Pass : FindingStatus.Fail,
            other is null ? "The server is PostgreSQL." : $"The server is {other}, not PostgreSQL.") with
        {
            Evidence = version,
            Why = "LangSmith's migrations use extensions, types and indexes that only PostgreSQL has.",
            Fix = other is null ? null : "Use PostgreSQL itself: Amazon RDS or Aurora, Cloud SQL, Azure Database for PostgreSQL, or your own server.",
        };
    }
}
