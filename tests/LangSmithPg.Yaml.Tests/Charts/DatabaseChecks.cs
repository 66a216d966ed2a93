using LangSmithPg.Charts;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Databases;
using LangSmithPg.Helm;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Kubernetes;

namespace LangSmithPg.Yaml.Tests.Charts;

/// <summary>What a whole chart has to make of the values of all its databases in one file.</summary>
static class DatabaseChecks
{
    /// <summary>Every pod that connects has the Secret of its database, and no PostgreSQL is left in the cluster.</summary>
    public static async Task AssertExternalAsync(string chart, ChartRelease release)
    {
        // The metastore is never in the cluster: without its values, nothing renders.
        var alone = Purposes(release).Where(one => one == DatabasePurpose.SmithDbMetastore).Aggregate(
            Everything(release), (sum, one) => sum.With(Overlay(release, one, provider: null)).With(ValuesPath.Of("smithdb.migration.taskdb.postgres.auth.password"), "x"));
        var before = await RenderedChart.RenderAsync(chart, alone);
        Assert.Contains(before.Pods, IsPostgres);

        // In whatever order they come.
        var overlays = Purposes(release).Select(purpose => Overlay(release, purpose, provider: null)).ToList();
        var rendered = await RenderedChart.RenderAsync(chart, overlays.Aggregate(Everything(release), (sum, one) => sum.With(one)));
        var reversed = await RenderedChart.RenderAsync(chart, overlays.AsEnumerable().Reverse().Aggregate(Everything(release), (sum, one) => sum.With(one)));

        Assert.DoesNotContain(rendered.Pods, IsPostgres);
        Assert.Equal(Shown(rendered), Shown(reversed));
        AssertVariables(rendered, release);
    }

    /// <summary>With an identity for all that know one, the pods have no password of it and the chart's variable for the cloud.</summary>
    public static async Task AssertIamAsync(string chart, ChartRelease release)
    {
        foreach (var provider in Enum.GetValues<IamAuthProvider>())
        {
            var values = Purposes(release).Aggregate(Everything(release), (sum, purpose) => sum.With(Overlay(release, purpose, Supports(release, purpose) ? provider : null)));
            var rendered = await RenderedChart.RenderAsync(chart, values);
            AssertVariables(rendered, release);
            var name = provider.ToString().ToLowerInvariant();
            Assert.All(rendered.ConnectedPods, pod => Assert.Equal(name, pod.Environment["POSTGRES_IAM_AUTH_PROVIDER"]));
            Assert.All(rendered.Pods.Where(pod => pod.Environment.ContainsKey("POSTGRES_URI")), pod =>
                Assert.Equal(Supports(release, DatabasePurpose.Fleet) ? name : null, pod.Environment.GetValueOrDefault("AGENT_POSTGRES_IAM_AUTH_PROVIDER")));
            var metastore = Purposes(release).Contains(DatabasePurpose.SmithDbMetastore) && Supports(release, DatabasePurpose.SmithDbMetastore) ? Metastore(rendered) : [];
            Assert.All(metastore, pod => Assert.Equal(name, pod.Environment.Single(one => one.Key.EndsWith("__METASTORE__IAM_AUTH_PROVIDER", StringComparison.Ordinal)).Value));
            Assert.All(metastore, pod => Assert.Equal("app", pod.Environment.Single(one => one.Key.EndsWith("__METASTORE__USERNAME", StringComparison.Ordinal)).Value));
        }
    }

    /// <summary>Every pod of a database that knows identities carries its own, and of the others only those that share its account.</summary>
    public static async Task AssertAnnotatedAsync(string chart, ChartRelease release)
    {
        var overlays = Purposes(release).Aggregate(Everything(release), (sum, purpose) => sum.With(Overlay(release, purpose, Supports(release, purpose) ? IamAuthProvider.Azure : null)));
        foreach (var identity in ChartChecks.Identities)
        {
            foreach (var purpose in Purposes(release).Where(one => one != DatabasePurpose.LangSmith && Supports(release, one)))
            {
                var rendered = await RenderedChart.RenderAsync(chart, IamValues.ForComponents(overlays, identity, DatabaseComponents.Find(LintChart.Of(release.To), purpose)));
                List<RenderedPod> pods = purpose == DatabasePurpose.SmithDbMetastore ? Metastore(rendered)
                    : [.. rendered.Pods.Where(pod => pod.Name.Contains($"-standalone-{purpose}-", StringComparison.OrdinalIgnoreCase) && pod.Environment.ContainsKey("POSTGRES_URI"))];
                Assert.Equal(purpose == DatabasePurpose.SmithDbMetastore ? 6 : 2, pods.Count);
                Assert.All(pods, pod =>
                {
                    Assert.All(identity.Annotations, one => Assert.Equal(one.Value, pod.AccountAnnotations.GetValueOrDefault(one.Key)));
                    Assert.All(identity.PodLabels, one => Assert.Equal(one.Value, pod.Labels.GetValueOrDefault(one.Key)));
                });
                var accounts = pods.Select(pod => pod.Account).ToHashSet();
                Assert.All(rendered.Pods.Where(pod => !accounts.Contains(pod.Account)), pod =>
                    Assert.DoesNotContain(identity.Annotations[0].Key, pod.AccountAnnotations.Keys));
                Assert.All(rendered.Pods.Except(pods), pod => Assert.All(identity.PodLabels, one => Assert.DoesNotContain(one.Key, pod.Labels.Keys)));
            }
        }
    }

    /// <summary>All databases of the release.</summary>
    public static IEnumerable<DatabasePurpose> Purposes(ChartRelease release) =>
        release.OtherDatabases.Select(one => ReleaseDatabases.PurposeOf(one.Path)).Prepend(DatabasePurpose.LangSmith);

    /// <summary>Everything that reaches a database switched on.</summary>
    public static HelmValues Everything(ChartRelease release)
    {
        var values = ChartChecks.Everything(release);
        if (!Purposes(release).Contains(DatabasePurpose.SmithDbMetastore))
        {
            return values;
        }

        // What the chart wants before it renders SmithDB with its migration.
        foreach (var (path, value) in ((string, object)[])
            [
                ("smithdb.enabled", true), ("smithdb.langsmith.ingestion.enabled", true), ("smithdb.langsmith.query.enabled", true), ("smithdb.langsmith.migration.enabled", true),
                ("smithdb.config.existingSecretName", "smithdb-secret"), ("smithdb.config.objectStore.bucket", "b"), ("smithdb.config.objectStore.s3.region", "us-east-1"),
                ("config.blobStorage.enabled", true), ("config.blobStorage.bucketName", "b"), ("config.blobStorage.apiURL", "https://s3.us-east-1.amazonaws.com"),
            ])
        {
            values = value is string text ? values.With(ValuesPath.Of(path), text) : values.With(ValuesPath.Of(path), true);
        }

        return values;
    }

    static HelmValues Overlay(ChartRelease release, DatabasePurpose purpose, IamAuthProvider? provider)
    {
        var password = provider is null ? ":secret" : "";
        var connection = PgConnectionString.Parse($"app{password}@db.example.com/{purpose}?sslmode=require", new() { IamAuthProvider = provider, Purpose = purpose }).Connection!;
        var name = DatabaseSecrets.DefaultName(purpose);
        return purpose == DatabasePurpose.LangSmith ? ConnectionValues.ForSecret(connection, name) : DatabaseOverlay.Create(connection, LintChart.Of(release.To), name);
    }

    static bool Supports(ChartRelease release, DatabasePurpose purpose) => purpose == DatabasePurpose.LangSmith
        ? release.Features.Contains(ChartFeature.IamAuthProvider)
        : release.OtherDatabases.Single(one => ReleaseDatabases.PurposeOf(one.Path) == purpose).IamKey is not null;

    static void AssertVariables(RenderedChart rendered, ChartRelease release)
    {
        Assert.NotEmpty(rendered.ConnectedPods);
        Assert.All(rendered.ConnectedPods, pod => Assert.Equal($"postgres-secret/{KubernetesSecret.DefaultConnectionKey}", pod.Environment["POSTGRES_DATABASE_URI"]));

        var agents = rendered.Pods.Where(pod => pod.Environment.ContainsKey("POSTGRES_URI")).ToList();
        Assert.Equal(6, agents.Count);
        Assert.All(agents, pod => Assert.Equal(
            $"{pod.Name.Split("-standalone-")[1].Split('-')[0]}-postgres-secret/{KubernetesSecret.AgentConnectionKey}", pod.Environment["POSTGRES_URI"]));

        var hasSmithDb = Purposes(release).Contains(DatabasePurpose.SmithDbMetastore);
        Assert.Equal(hasSmithDb ? 6 : 0, Metastore(rendered).Count);
        Assert.All(Metastore(rendered), pod => Assert.Equal("smithdb-secret/postgres_host", Host(pod)));
        var tasks = rendered.Pods.Where(pod => pod.Environment.ContainsKey("SMITHDB_MIGRATION__TASKDB__HOST")).ToList();
        Assert.Equal(hasSmithDb ? ["langsmith-smithdb-migration"] : [], tasks.Select(pod => pod.Name));
        Assert.All(tasks, pod => Assert.Equal("smithdb-taskdb-secret/postgres_host", pod.Environment["SMITHDB_MIGRATION__TASKDB__HOST"]));
    }

    static List<RenderedPod> Metastore(RenderedChart rendered) => [.. rendered.Pods.Where(pod => Host(pod) is not null)];

    // The migration of the metastore has a name of its own for it up to 0.16.4.
    static string? Host(RenderedPod pod) =>
        pod.Environment.Where(one => one.Key == "DATABASE_HOST" || one.Key.EndsWith("__METASTORE__HOST", StringComparison.Ordinal)).Select(one => one.Value).FirstOrDefault();

    static bool IsPostgres(RenderedPod pod) => pod.Kind == "StatefulSet" && (pod.Name.Contains("postgres", StringComparison.Ordinal) || pod.Name.Contains("taskdb", StringComparison.Ordinal));

    static IEnumerable<string> Shown(RenderedChart chart) =>
        chart.Pods.Select(pod => $"{pod}: {string.Join(' ', pod.Environment.Select(one => $"{one.Key}={one.Value}").Order(StringComparer.Ordinal))}").Order(StringComparer.Ordinal);
}
