using LangSmithPg.Charts;
using LangSmithPg.Charts.Reading;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Documents;
using LangSmithPg.Helm;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Iam;
using LangSmithPg.Preflight;
using LangSmithPg.Yaml.Charts;

namespace LangSmithPg.Yaml.Tests.Charts;

/// <summary>What every chart has to make of our values, whether it is the real one or has its shape.</summary>
static class ChartChecks
{
    public static IEnumerable<WorkloadIdentity> Identities =>
    [
        WorkloadIdentity.Aws("arn:aws:iam::123456789012:role/langsmith"),
        WorkloadIdentity.Gcp("langsmith@my-project.iam.gserviceaccount.com"),
        WorkloadIdentity.Azure("0e4f8ecf-0000-4000-8000-000000000001", "1e100000-0000-4000-8000-000000000002"),
    ];

    /// <summary>Everything that reaches PostgreSQL switched on, and what the chart asks for before it renders anything.</summary>
    public static HelmValues Everything(ChartRelease release)
    {
        var values = Required.With(new("everything"), true);
        foreach (var path in (string[])
            [
                "config.deployment.enabled", "config.agentBuilder.enabled", "ingress.enabled", "ingestQueue.enabled", "hostBackend.enabled",
                "insights.enabled", "polly.enabled", "fleet.enabled", "agentGateway.enabled", "presidioAnalyzer.enabled", "sandboxes.enabled",
            ])
        {
            values = values.With(ValuesPath.Of(path), true);
        }

        foreach (var (path, text) in ((string, string)[])
            [
                ("config.hostname", "langsmith.example.com"), ("config.agentBuilder.encryptionKey", Key(1)), ("fleet.encryptionKey", Key(2)),
                ("sandboxes.callbackSigningJwk", "{}"), ("sandboxes.juicefs.bucket", "https://b.s3.us-west-2.amazonaws.com"),
                ("sandboxes.juicefs.redis.metaURL", "redis://r:6379/1"), ("sandboxes.sandboxHost.deployment.nodeSelector.kvm", "yes"),
                ("images.sandboxHostImage.tag", "x"),
            ])
        {
            values = values.With(ValuesPath.Of(path), text);
        }

        values = values.With(ValuesPath.Of("sandboxes.juicefs.csi.install"), false);
        foreach (var job in release.Components.Where(one => one.EnabledWhen.StartsWith($"{one.Name}.enabled", StringComparison.Ordinal)))
        {
            values = values.With(ValuesPath.Of($"{job.Name}.enabled"), true);
        }

        return values;
    }

    /// <summary>What a default installation needs.</summary>
    public static HelmValues Required { get; } = HelmValues.Empty
        .With(ValuesPath.Of("config.langsmithLicenseKey"), "key")
        .With(ValuesPath.Of("config.apiKeySalt"), "salt")
        .With(ValuesPath.Of("config.authType"), "mixed")
        .With(ValuesPath.Of("config.basicAuth.enabled"), true)
        .With(ValuesPath.Of("config.basicAuth.initialOrgAdminEmail"), "admin@example.com")
        .With(ValuesPath.Of("config.basicAuth.initialOrgAdminPassword"), "Passw0rd-of-tests")
        .With(ValuesPath.Of("config.basicAuth.jwtSecret"), "secret")
        .With(ValuesPath.Of("insights.encryptionKey"), Key(3))
        .With(ValuesPath.Of("polly.encryptionKey"), Key(4));

    /// <summary>Every workload of the catalogue is there, and no other gets the connection.</summary>
    public static async Task AssertWorkloadsAsync(string chart, ChartRelease release)
    {
        var everything = await RenderedChart.RenderAsync(chart, Everything(release));
        Assert.Equal(Names(release.Components), everything.ConnectedPods.Select(pod => $"{pod}").Order());

        var byDefault = await RenderedChart.RenderAsync(chart, Required);
        Assert.Equal(Names(release.Components.Where(one => one.OnByDefault is true)), byDefault.ConnectedPods.Select(pod => $"{pod}").Order());
    }

    /// <summary>Every pod that gets the connection carries what the cloud's webhook looks for, and runs as an account that does.</summary>
    public static async Task AssertIdentitiesAsync(string chart, ChartRelease release)
    {
        foreach (var identity in Identities)
        {
            var values = Everything(release).With(IamValues.Provider, identity.Provider.ToString().ToLowerInvariant())
                .With(ValuesPath.Of("postgres.external.enabled"), true).With(ValuesPath.Of("postgres.external.existingSecretName"), "my-secret");
            List<ChartComponent> components = [.. release.Components];
            var longForm = await RenderedChart.RenderAsync(chart, IamValues.ForComponents(values, identity, components));
            AssertCarried(longForm, identity, components, except: components.Where(one => one.ServiceAccount.Annotations is null));
            AssertCarried(await RenderedChart.RenderAsync(chart, IamValues.ForAll(values, identity, components)), identity, components, except: []);
        }
    }

    /// <summary>Every pod that mounts the client certificate, and in the long form no other, has the group that can read it.</summary>
    public static async Task AssertGroupsAsync(string chart, ChartRelease release)
    {
        var values = Everything(release).With(ValuesPath.Of("postgres.external.enabled"), true)
            .With(ValuesPath.Of("postgres.external.existingSecretName"), "my-secret").With(ValuesPath.Of("postgres.external.customTls"), true)
            .With(ValuesPath.Of("postgres.external.clientCert.secretName"), "my-certificate");
        List<ChartComponent> readers = [.. release.CertificateReaders];
        foreach (var withGroup in (HelmValues[])[PodSecurityValues.ForAll(values, 1234), PodSecurityValues.ForComponents(values, 1234, readers)])
        {
            var pods = (await RenderedChart.RenderAsync(chart, withGroup)).Pods.Where(pod => pod.MountsClientCertificate).ToList();
            Assert.Equal(Names(readers), pods.Select(pod => $"{pod}").Order());
            Assert.All(pods, pod => Assert.Equal("1234", pod.FsGroup));
        }
    }

    /// <summary>How many pods of a default installation are left without Azure's label by the example of LangSmith's page, and by ours.</summary>
    public static async Task<(int Page, int Ours)> CountUnlabelledAsync(string chart, ChartRelease release)
    {
        var identity = WorkloadIdentity.Azure("0e4f8ecf-0000-4000-8000-000000000001");
        var page = IamValues.ForComponents(Required, identity, release.Components.Where(one =>
            one is { IsInDocs: true, Kind: WorkloadKind.Deployment } or { Name: "backend.migrations" }));
        return (await CountAsync(page), await CountAsync(IamValues.ForComponents(Required, identity, release.Components)));

        async Task<int> CountAsync(HelmValues values) =>
            (await RenderedChart.RenderAsync(chart, values)).ConnectedPods.Count(pod => !pod.Labels.ContainsKey("azure.workload.identity/use"));
    }

    /// <summary>A chart's own files, unrendered, lead to the workloads of the catalogue and their paths.</summary>
    public static void AssertReading(ChartFiles files, ChartRelease release)
    {
        Assert.Equal(release, ChartCatalogue.For(ChartYaml.ReadVersion(files.ChartYaml)!));
        // What is there and breaks Helm is in no catalogue.
        var read = ChartReading.FromTemplates(files.Templates, ChartYaml.ReadValues(files.ValuesYaml))
            .Where(one => !release.BrokenOptions.Contains($"{one.Name}.enabled=true"));

        Assert.Equal(release.Workloads.Select(Shown).Order(), read.Select(Shown).Order());

        static string Shown(ChartComponent one) =>
            $"{one.Name} {one.Kind} {one.Labels} {one.PodSecurityContext} {one.ServiceAccount.Path} {one.ServiceAccount.CreatedByDefault} "
            + $"{one.ServiceAccount.Labels} {one.HasConnection} {one.MountsClientCertificate} {one.OnByDefault} {one.IsKnown}";
    }

    /// <summary>The preflight's pod has of the backend's what bears on its way to PostgreSQL, and in a whole chart no more.</summary>
    public static async Task AssertPreflightAsync(string chart, ChartRelease release, bool isWhole)
    {
        var values = Everything(release).With(ValuesPath.Of("postgres.external.enabled"), true).With(ValuesPath.Of("postgres.external.existingSecretName"), "my-secret")
            .With(ValuesPath.Of("postgres.external.customTls"), true).With(ValuesPath.Of("postgres.external.schema"), "smith")
            .With(ValuesPath.Of("config.customCa.secretName"), "my-ca").With(ValuesPath.Of("config.customCa.secretKey"), "ca.crt").With(IamValues.Provider, "azure")
            .With(ValuesPath.Of("postgres.external.clientCert.secretName"), "my-certificate").With(new ValuesPath("commonLabels", "team"), "data");
        values = PodSecurityValues.ForAll(IamValues.ForComponents(values, Identities.Last(), release.Components), 1234);
        var backend = (await RenderedChart.RenderAsync(chart, values)).Pods.Single(pod => pod is { Kind: "Deployment", Name: "langsmith-backend" });

        var preflight = new PreflightJob(
            [PreflightPods.FindBackend([Yaml.Linting.ValuesFileReader.Read("values.yaml", YamlText.Write(values.ToDocument()))], LintChart.Of(release.To), "langsmith")], new() { ModuleVersion = "0.1.0" });
        var items = (DocumentList)preflight.ToDocument().Entries.Single(entry => entry.Key == "items").Value;
        var ours = RenderedChart.Read(YamlText.Write((DocumentMap)items.Items[^1])).Pods.Single();

        Assert.Equal((backend.Account, backend.FsGroup), (ours.Account, ours.FsGroup));
        Assert.All(Way(backend), variable => Assert.Equal(variable, KeyValuePair.Create(variable.Key, ours.Environment.GetValueOrDefault(variable.Key))));
        var certificates = backend.Mounts.Where(path => path.StartsWith("/etc/", StringComparison.Ordinal)).ToList();
        Assert.All(certificates, path => Assert.Contains(path, ours.Mounts));
        Assert.Equal("true", ours.Labels["azure.workload.identity/use"]);
        Assert.Equal("data", ours.Labels["team"]);
        if (isWhole)
        {
            Assert.Equal(Way(backend).Select(variable => variable.Key).Order(), Way(ours).Select(variable => variable.Key).Order());
            Assert.Equal(certificates.Order(), ours.Mounts.Where(path => path.StartsWith("/etc/", StringComparison.Ordinal)).Order());
            string[] own = ["app.kubernetes.io/component", "app.kubernetes.io/managed-by", "app.kubernetes.io/version", "helm.sh/chart"];
            Assert.All(backend.Labels.Where(label => !own.Contains(label.Key)), label => Assert.Equal(label.Value, ours.Labels.GetValueOrDefault(label.Key)));
            Assert.NotEqual(backend.Labels["app.kubernetes.io/component"], ours.Labels["app.kubernetes.io/component"]);
        }

        static IEnumerable<KeyValuePair<string, string?>> Way(RenderedPod pod) => pod.Environment
            .Where(variable => variable.Key.StartsWith("POSTGRES_", StringComparison.Ordinal) || variable.Key == "SSL_CERT_FILE")
            .Select(variable => KeyValuePair.Create(variable.Key, (string?)variable.Value));
    }

    /// <summary>The preflight tests each database of the release as a pod that uses it: the same account, labels, variables and certificates.</summary>
    public static async Task AssertDatabasesAsync(string chart, ChartRelease release)
    {
        var values = Everything(release).With(new ValuesPath("commonLabels", "team"), "data").With(new ValuesPath("commonPodAnnotations", "mesh"), "on")
            .With(ValuesPath.Of("commonPodSecurityContext.fsGroup"), 1234);
        List<(string Path, string Value)> texts =
        [
            ("postgres.external.existingSecretName", "my-secret"), ("postgres.external.clientCert.secretName", "my-certificate"), ("config.customCa.secretName", "my-ca"), ("config.customCa.secretKey", "ca.crt"),
        ];
        List<ValuesPath> flags = [ValuesPath.Of("postgres.external.enabled"), ValuesPath.Of("postgres.external.customTls")];
        foreach (var agent in release.OtherDatabases.Where(one => one.Path.Keys is [_, "postgres", "external"]))
        {
            var root = agent.Path.Keys[0];
            flags.Add(agent.Path.Child("enabled"));
            texts.Add(($"{agent.Path}.existingSecretName", $"{root.ToLowerInvariant()}-secret"));
            texts.Add(($"{root}.apiServer.deployment.labels.of", root));
            texts.Add(($"{root}.apiServer.serviceAccount.annotations.of", root));
            if (agent.IamKey is { } key)
            {
                texts.Add(($"{agent.Path}.{key}", "azure"));
            }
        }

        if (release.OtherDatabases.Any(one => one.Path.Keys[0] == "smithdb"))
        {
            texts.AddRange(
            [
                ("smithdb.config.existingSecretName", "my-smithdb"), ("smithdb.config.objectStore.bucket", "b"), ("smithdb.config.objectStore.s3.region", "eu-west-1"),
                ("smithdb.config.metastore.hostSecretKey", "h"), ("smithdb.config.metastore.databaseSecretKey", "d"), ("smithdb.config.metastore.usernameSecretKey", "u"), ("smithdb.config.metastore.passwordSecretKey", "p"),
                ("smithdb.migration.taskdb.postgres.external.existingSecretName", "my-tasks"), ("smithdb.ingestion.deployment.labels.of", "smithdb"),
                ("smithdb.migration.deployment.labels.of", "tasks"),
            ]);
            flags.AddRange(((string[])["enabled", "langsmith.ingestion.enabled", "langsmith.migration.enabled", "migration.taskdb.postgres.external.enabled", "config.metastore.useSsl"]).Select(path => ValuesPath.Of($"smithdb.{path}")));
        }

        values = flags.Aggregate(texts.Aggregate(values, (all, one) => all.With(ValuesPath.Of(one.Path), one.Value)), (all, path) => all.With(path, true));
        var rendered = await RenderedChart.RenderAsync(chart, values);
        var pods = PreflightPods.Find([Yaml.Linting.ValuesFileReader.Read("values.yaml", YamlText.Write(values.ToDocument()))], LintChart.Of(release.To), "langsmith", []);

        Assert.Equal(1 + release.OtherDatabases.Count, pods.Count);
        foreach (var pod in pods)
        {
            var items = (DocumentList)new PreflightJob([pod], new() { ModuleVersion = "0.1.0" }).ToDocument().Entries.Single(entry => entry.Key == "items").Value;
            var ours = RenderedChart.Read(YamlText.Write((DocumentMap)items.Items[^1])).Pods.Single();
            var theirs = rendered.Pods.Single(one => one.Name == pod.Name);
            Assert.Equal((theirs.Account, theirs.FsGroup), (ours.Account, ours.FsGroup));
            string[] own = ["app.kubernetes.io/component", "app.kubernetes.io/managed-by", "app.kubernetes.io/version", "helm.sh/chart"];
            Assert.Equal(
                theirs.Labels.Where(label => !own.Contains(label.Key)).OrderBy(label => label.Key, StringComparer.Ordinal),
                ours.Labels.Where(label => !own.Contains(label.Key) && label.Key != PreflightJob.Label).OrderBy(label => label.Key, StringComparer.Ordinal));
            Assert.Equal(Way(pod, theirs), Way(pod, ours));
            Assert.Equal(Certificates(theirs), Certificates(ours));
        }

        static IEnumerable<KeyValuePair<string, string>> Way(PreflightPod pod, RenderedPod one) => one.Environment
            .Where(variable => variable.Key == "SSL_CERT_FILE" || pod.Purpose switch
            {
                DatabasePurpose.LangSmith => variable.Key.StartsWith("POSTGRES_", StringComparison.Ordinal),
                DatabasePurpose.SmithDbMetastore => variable.Key.StartsWith("SMITHDB_INGESTION__METASTORE__", StringComparison.Ordinal) && variable.Key.Split("__")[^1] is not ("TYPE" or "DEFAULT_URI"),
                DatabasePurpose.SmithDbTaskDb => variable.Key.StartsWith("SMITHDB_MIGRATION__TASKDB__", StringComparison.Ordinal) && !variable.Key.EndsWith("MAX_CONNECTIONS", StringComparison.Ordinal),
                _ => variable.Key is "POSTGRES_URI" or "AGENT_POSTGRES_IAM_AUTH_PROVIDER",
            })
            .OrderBy(variable => variable.Key, StringComparer.Ordinal);

        static IEnumerable<string> Certificates(RenderedPod one) => one.Mounts.Where(path => path.StartsWith("/etc/ssl/", StringComparison.Ordinal) || path.StartsWith("/etc/postgres/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
    }

    static void AssertCarried(RenderedChart chart, WorkloadIdentity identity, IReadOnlyList<ChartComponent> components, IEnumerable<ChartComponent> except)
    {
        List<RenderedPod> pods = [.. chart.ConnectedPods];
        Assert.Equal(Names(components), pods.Select(pod => $"{pod}").Order());
        Assert.All(pods, pod =>
        {
            Assert.Equal("my-secret/connection_url", pod.Environment["POSTGRES_DATABASE_URI"]);
            Assert.Equal(identity.Provider, Enum.Parse<IamAuthProvider>(pod.Environment["POSTGRES_IAM_AUTH_PROVIDER"], ignoreCase: true));
            Assert.All(identity.PodLabels, label => Assert.Equal(label.Value, pod.Labels.GetValueOrDefault(label.Key)));
        });
        var left = Names(except).ToList();
        Assert.All(pods.Where(pod => !left.Contains($"{pod}")), pod =>
            Assert.All(identity.Annotations, annotation => Assert.Equal(annotation.Value, pod.AccountAnnotations.GetValueOrDefault(annotation.Key))));
    }

    static IEnumerable<string> Names(IEnumerable<ChartComponent> workloads) =>
        workloads.Select(one => $"{one.Kind} langsmith-{one.NameSuffix}").Order();

    static string Key(int number) => $"{number}123456789abcdef0123456789abcdef0123456789a=";
}
