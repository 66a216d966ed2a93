namespace LangSmithPg.Yaml.Tests.Budgets;

/// <summary>Releases whose pods were counted by hand in what Helm renders of charts 0.15.17 and 0.16.11.</summary>
static class BudgetExamples
{
    public const string Large = """
        backend: {autoscaling: {hpa: {enabled: true}}}
        queue: {autoscaling: {keda: {enabled: true, maxReplicaCount: 12}}}
        platformBackend: {deployment: {replicas: 20}}
        ingestQueue: {autoscaling: {hpa: {enabled: true, minReplicas: 4, maxReplicas: 24}}}
        polly: {apiServer: {autoscaling: {enabled: true}}, queue: {autoscaling: {enabled: true, maxReplicas: 7, keda: {enabled: true}}}}
        config: {deployment: {enabled: true}, hostname: h.example.com}
        ingress: {enabled: true}

        """;

    public const string SmithDb = """
        smithdb:
          enabled: true
          config: {existingSecretName: s, metastore: {hostSecretKey: a, databaseSecretKey: b, usernameSecretKey: c, passwordSecretKey: d}, objectStore: {bucket: b, type: s3, s3: {region: r}}}
          langsmith: {migration: {enabled: true}, ingestion: {enabled: true}}
          migration: {job: {parallelism: 3}, taskdb: {postgres: {auth: {password: x}}}}
        clickhouse: {external: {tls: true}}

        """;

    public const string DefaultPods = "backend 2, queue 1, ingestQueue 3, platformBackend 3, {0}.apiServer 1, {0}.queue 1, polly.apiServer 1, polly.queue 1";

    public const string LargeAtDefault =
        "backend 2, queue 1, ingestQueue 4, platformBackend 20, hostBackend 1, listener 1, {0}.apiServer 1, {0}.queue 1, polly.apiServer 1, polly.queue 1";

    public const string LargeAtMaximum =
        "backend 6, queue 12, ingestQueue 24, platformBackend 20, hostBackend 1, listener 1, {0}.apiServer 1, {0}.queue 1, polly.apiServer 5, polly.queue 7";

    public const string SmithDbAtMaximum =
        "smithdb.compaction 1, smithdb.compactionWorker 10, smithdb.ingestion 10, smithdb.query 10, smithdb.migration 3, smithdb.migration 3";

    // 25 % of the pods, rounded up; SmithDB's query and ingestion have a surge of one.
    public const string LargeAtRollout =
        "backend 8, queue 15, ingestQueue 30, platformBackend 25, hostBackend 2, listener 2, {0}.apiServer 2, {0}.queue 2, polly.apiServer 7, polly.queue 9";

    public const string SmithDbAtRollout =
        "smithdb.compaction 2, smithdb.compactionWorker 13, smithdb.ingestion 11, smithdb.query 11, smithdb.migration 3, smithdb.metastoreMigration 1, smithdb.migration 3";
}
