using LangSmithPg.Charts;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Helm;
using LangSmithPg.Helm.Linting;

namespace LangSmithPg.Databases;

/// <summary>The pods that log in to a database of a release with a cloud's identity. Source: the chart's templates.</summary>
static class DatabaseComponents
{
    const string SmithDb = "smithdb.enabled";

    // One account for all. The migration is a job, and its labels are those of a deployment.
    static readonly ChartServiceAccount SmithDbAccount = new(ValuesPath.Of("smithdb.serviceAccount"), "smithdb", CreatedByDefault: true, ValuesPath.Of("smithdb.serviceAccount.labels"));

    static readonly ChartComponent[] Metastore =
    [
        Of("query", "deployment", WorkloadKind.Deployment, "query"),
        Of("ingestion", "deployment", WorkloadKind.Deployment, "ingestion"),
        Of("compaction", "deployment", WorkloadKind.Deployment, "compaction"),
        Of("compactionWorker", "deployment", WorkloadKind.Deployment, "compaction-worker"),
        Of("migration", "deployment", WorkloadKind.Job, "migration", $"{SmithDb} and smithdb.langsmith.migration.enabled"),
        Of("metastoreMigration", "job", WorkloadKind.Job, "metastore-migration"),
    ];

    /// <summary>Finds them, whether they are on or off.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="purpose">What the database is for.</param>
    /// <exception cref="DatabaseNotSupportedException">The chart has no such database, or no identities for it.</exception>
    public static IReadOnlyList<ChartComponent> Find(LintChart chart, DatabasePurpose purpose)
    {
        ArgumentNullException.ThrowIfNull(chart);
        if (purpose == DatabasePurpose.LangSmith)
        {
            return chart.Components;
        }

        var database = DatabaseOverlay.Require(chart, purpose, withIdentity: true);
        return purpose == DatabasePurpose.SmithDbMetastore ? Metastore : [.. chart.Workloads.Where(one => one.OwnDatabase == database.Path.Parent?.ToString())];
    }

    /// <summary>Where the chart is told whose identities log in.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="purpose">What the database is for.</param>
    /// <exception cref="DatabaseNotSupportedException">The chart has no such database, or no identities for it.</exception>
    public static ValuesPath ProviderPath(LintChart chart, DatabasePurpose purpose)
    {
        if (purpose == DatabasePurpose.LangSmith)
        {
            return IamValues.Provider;
        }

        var database = DatabaseOverlay.Require(chart, purpose, withIdentity: true);
        return database.Path.Child(database.IamKey!);
    }

    static ChartComponent Of(string key, string pods, WorkloadKind kind, string name, string when = SmithDb) => new()
    {
        Name = $"smithdb.{key}",
        Kind = kind,
        EnabledWhen = when,
        OnByDefault = false,
        ServiceAccount = SmithDbAccount,
        HasConnection = false,
        NameSuffix = $"smithdb-{name}",
        PodValues = ValuesPath.Of($"smithdb.{key}.{pods}"),
    };
}
