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
            BackendPod.From([Yaml.Linting.ValuesFileReader.Read("values.yaml", YamlText.Write(values.ToDocument()))], LintChart.Of(release.To), "langsmith"), new() { ModuleVersion = "0.1.0" });
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
