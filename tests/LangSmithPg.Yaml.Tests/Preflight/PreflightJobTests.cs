using System.Text;
using LangSmithPg.Charts;
using LangSmithPg.Connections;
using LangSmithPg.Helm;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Iam;
using LangSmithPg.Preflight;
using LangSmithPg.Yaml.Linting;
using k8s;
using k8s.Models;

namespace LangSmithPg.Yaml.Tests.Preflight;

/// <summary>The job as Kubernetes' own types read it, strictly: a key that they do not know fails.</summary>
public sealed class PreflightJobTests
{
    const string Everything = """
        namespace: prod
        nameOverride: smith
        commonLabels: {team: data, app.kubernetes.io/name: not-this}
        commonPodAnnotations: {mesh: "on"}
        commonAnnotations: {owner: dba}
        commonPodSecurityContext: {fsGroup: 1000, runAsUser: 5}
        commonDnsConfig: {options: [{name: ndots, value: "2"}, {name: timeout, value: "3"}]}
        images: {imagePullSecrets: [{name: registry}]}
        config: {customCa: {secretName: my-ca, secretKey: bundle.pem}}
        postgres:
          external:
            enabled: true
            existingSecretName: pg
            connectionUrlSecretKey: url
            schema: smith
            customTls: true
            iamAuthProvider: azure
            clientCert: {secretName: mtls}
        backend:
          serviceAccount: {annotations: {azure.workload.identity/client-id: 0e4f8ecf}}
          deployment:
            labels: {azure.workload.identity/use: "true"}
            annotations: {mesh: "off"}
            podSecurityContext: {runAsUser: 7}
            nodeSelector: {pool: apps}
            tolerations: [{key: apps, operator: Exists, effect: NoSchedule}]
            affinity: {}
        """;

    [Fact]
    public void The_pod_is_as_the_values_make_the_backend()
    {
        var job = Job(Make(Everything));

        Assert.Equal(("langsmith-pg-preflight", "prod"), (job.Name(), job.Namespace()));
        var (pod, container) = (job.Spec.Template, job.Spec.Template.Spec.Containers.Single());
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["app.kubernetes.io/name"] = "smith", ["app.kubernetes.io/instance"] = "release", ["app.kubernetes.io/component"] = "release-smith-backend-preflight",
                ["team"] = "data", ["azure.workload.identity/use"] = "true", ["langsmithpg/preflight"] = "langsmith-pg-preflight",
            },
            pod.Metadata.Labels);
        Assert.Equal(new Dictionary<string, string> { ["mesh"] = "off" }, pod.Metadata.Annotations);
        Assert.Equal("release-smith-backend", pod.Spec.ServiceAccountName);
        Assert.Null(pod.Spec.AutomountServiceAccountToken);
        Assert.Equal((7, 1000, true, "RuntimeDefault"), (pod.Spec.SecurityContext.RunAsUser, pod.Spec.SecurityContext.FsGroup, pod.Spec.SecurityContext.RunAsNonRoot, pod.Spec.SecurityContext.SeccompProfile.Type));
        Assert.Equal("apps", pod.Spec.NodeSelector["pool"]);
        Assert.Equal("NoSchedule", Assert.Single(pod.Spec.Tolerations).Effect);
        Assert.Null(pod.Spec.Affinity);
        Assert.Equal(["ndots=2", "timeout=3"], pod.Spec.DnsConfig.Options.Select(option => $"{option.Name}={option.Value}"));
        Assert.Equal("registry", Assert.Single(pod.Spec.ImagePullSecrets).Name);
        Assert.Equal(
            ["POSTGRES_DATABASE_URI=pg/url?", "POSTGRES_SCHEMA=smith", "POSTGRES_TLS=true", "POSTGRES_IAM_AUTH_PROVIDER=azure",
                "POSTGRES_TLS_CLIENT_CERT_PATH=/etc/postgres/certs/client.crt", "POSTGRES_TLS_CLIENT_KEY_PATH=/etc/postgres/certs/client.key",
                "SSL_CERT_FILE=/etc/ssl/certs/custom-ca-certificates.crt"],
            container.Env.TakeWhile(variable => variable.Name != "HOME").Select(variable => variable.ValueFrom?.SecretKeyRef is { Optional: true } secret ? $"{variable.Name}={secret.Name}/{secret.Key}?" : $"{variable.Name}={variable.Value}"));
        Assert.Equal(
            ["/preflight", "/etc/ssl/certs/custom-ca-certificates.crt < ca-certificates.crt", "/etc/postgres/certs", "/tmp"],
            container.VolumeMounts.Select(mount => mount.SubPath is null ? mount.MountPath : $"{mount.MountPath} < {mount.SubPath}"));
        Assert.All(container.VolumeMounts.Where(mount => mount.MountPath != "/tmp"), mount => Assert.True(mount.ReadOnlyProperty));
        Assert.Equal(
            ["my-ca: bundle.pem > ca-certificates.crt ", "mtls: tls.crt > client.crt 420", "mtls: tls.key > client.key 416"],
            pod.Spec.Volumes.Where(volume => volume.Secret is { Optional: true }).SelectMany(volume => volume.Secret.Items.Select(item => $"{volume.Secret.SecretName}: {item.Key} > {item.Path} {item.Mode}")));
    }

    [Fact]
    public void The_pod_is_no_more_than_it_has_to_be()
    {
        var job = Job(Make("postgres: {external: {enabled: true, existingSecretName: pg}}"));
        var (spec, container) = (job.Spec.Template.Spec, job.Spec.Template.Spec.Containers.Single());
        Assert.Equal((0, "Never"), (job.Spec.BackoffLimit, spec.RestartPolicy));
        Assert.NotNull(job.Spec.ActiveDeadlineSeconds);
        Assert.NotNull(job.Spec.TtlSecondsAfterFinished);
        // The restricted profile of Kubernetes' pod security standards.
        Assert.Equal((true, 1000L), (spec.SecurityContext.RunAsNonRoot, spec.SecurityContext.RunAsUser));
        Assert.Equal((false, true), (container.SecurityContext.AllowPrivilegeEscalation, container.SecurityContext.ReadOnlyRootFilesystem));
        Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
        Assert.Equal(["cpu", "memory"], container.Resources.Limits.Keys);
        Assert.Equal(["false"], container.ReadinessProbe.Exec.Command);
        Assert.True(container.ReadinessProbe.InitialDelaySeconds > job.Spec.ActiveDeadlineSeconds);
        Assert.DoesNotContain(spec.Volumes, volume => volume.Secret is not null);
    }

    [Fact]
    public void What_the_admin_says_wins()
    {
        var job = Job(Make(Everything, new()
        {
            ModuleVersion = "0.1.0", Name = "check", Namespace = "other", Image = "registry.example.com/pwsh:7.4", AccountName = "given", ImagePullSecrets = ["mirror"],
            PodLabels = [new("app.kubernetes.io/component", "release-smith-backend"), new("more", "yes")], Rehearse = true, TimeoutSeconds = 2.5, Module = ModuleSource.Volume("tools"),
        }));
        var (spec, container) = (job.Spec.Template.Spec, job.Spec.Template.Spec.Containers.Single());
        Assert.Equal(("check", "other", "registry.example.com/pwsh:7.4", "given"), (job.Name(), job.Namespace(), container.Image, spec.ServiceAccountName));
        Assert.Equal(["registry", "mirror"], spec.ImagePullSecrets.Select(secret => secret.Name));
        Assert.Equal(("release-smith-backend", "yes"), (job.Spec.Template.Metadata.Labels["app.kubernetes.io/component"], job.Spec.Template.Metadata.Labels["more"]));
        Assert.Equal(
            ["-SecretName", "pg", "-SecretKey", "url", "-ModuleVersion", "0.1.0", "-ModuleFolder", "/modules", "-TimeoutSeconds", "2.5", "-Rehearse"], container.Args);
        Assert.Equal(("tools", true), spec.Volumes.Where(volume => volume.PersistentVolumeClaim is not null)
            .Select(volume => (volume.PersistentVolumeClaim.ClaimName, volume.PersistentVolumeClaim.ReadOnlyProperty)).Single());
    }

    [Fact]
    public void The_module_lies_in_ConfigMaps_that_Kubernetes_takes()
    {
        var archive = new byte[(2 * ModuleArchive.PartSize) + 7];
        new Random(1).NextBytes(archive);

        var objects = Read(Make(Everything, new() { ModuleVersion = "0.1.0", Module = ModuleSource.Of(archive) }));

        var maps = objects.OfType<V1ConfigMap>().ToList();
        Assert.Equal(["langsmith-pg-preflight", "langsmith-pg-preflight-module-1", "langsmith-pg-preflight-module-2", "langsmith-pg-preflight-module-3"], maps.Select(map => map.Name()));
        Assert.All(maps, map => Assert.True((map.BinaryData ?? new Dictionary<string, byte[]>()).Sum(entry => entry.Key.Length + entry.Value.Length) <= 1 << 20));
        Assert.Equal(archive, maps.SelectMany(map => map.BinaryData ?? new Dictionary<string, byte[]>()).OrderBy(entry => entry.Key, StringComparer.Ordinal).SelectMany(entry => entry.Value));
        Assert.Equal(maps.Select(map => map.Name()), objects.OfType<V1Job>().Single().Spec.Template.Spec.Volumes[0].Projected.Sources.Select(source => source.ConfigMap.Name));
        Assert.Contains("Test-LangSmithPgReadiness", maps[0].Data["preflight.ps1"], StringComparison.Ordinal);
        Assert.All(objects.Cast<IKubernetesObject<V1ObjectMeta>>(), one => Assert.Equal(("prod", "langsmith-pg-preflight"), (one.Namespace(), one.Labels()["langsmithpg/preflight"])));
    }

    [Fact]
    public void The_account_is_one_that_Helm_takes_over()
    {
        var account = Read(Make(Everything, new() { ModuleVersion = "0.1.0", IncludeAccount = true })).OfType<V1ServiceAccount>().Single();
        Assert.Equal(("release-smith-backend", "prod", "Helm"), (account.Name(), account.Namespace(), account.Labels()["app.kubernetes.io/managed-by"]));
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["meta.helm.sh/release-name"] = "release", ["meta.helm.sh/release-namespace"] = "prod",
                ["azure.workload.identity/client-id"] = "0e4f8ecf", ["owner"] = "dba",
            },
            account.Annotations());
        // Nor does what takes the job away take the account.
        Assert.False(account.Labels().ContainsKey("langsmithpg/preflight"));
    }

    public static TheoryData<string> Releases => [.. ChartCatalogue.Releases.Select(release => release.To.ToString())];

    [Theory]
    [MemberData(nameof(Releases))]
    public void Every_version_s_values_make_a_job(string chart)
    {
        var version = new ChartVersion(chart);
        var features = ChartCatalogue.For(version).Features;
        var job = Job(Make(Everything, chart: version));
        var container = job.Spec.Template.Spec.Containers.Single();
        // What a version does not know, it ignores, and so does its pod.
        Assert.Equal(features.Contains(ChartFeature.ClientCertificate), container.VolumeMounts.Any(mount => mount.MountPath == "/etc/postgres/certs"));
        Assert.Equal(features.Contains(ChartFeature.IamAuthProvider), container.Env.Any(variable => variable.Name == "POSTGRES_IAM_AUTH_PROVIDER"));
        Assert.Equal(features.Contains(ChartFeature.CommonPodSecurityContext) ? 1000 : null, job.Spec.Template.Spec.SecurityContext.FsGroup);
        Assert.Equal(ChartKeys.Has(new("commonDnsConfig"), version), job.Spec.Template.Spec.DnsConfig is not null);
    }

    [Theory]
    [InlineData("langsmith", "", "langsmith-backend", "langsmith-postgres")]
    [InlineData("my-langsmith-2", "", "my-langsmith-2-backend", "my-langsmith-2-postgres")]
    [InlineData("prod", "", "prod-langsmith-backend", "prod-langsmith-postgres")]
    [InlineData("prod", "fullnameOverride: smith", "smith-backend", "smith-postgres")]
    [InlineData("prod", "backend: {name: api}", "prod-langsmith-api", "prod-langsmith-postgres")]
    [InlineData("prod", "backend: {serviceAccount: {name: own}}", "own", "prod-langsmith-postgres")]
    [InlineData("prod", "backend: {serviceAccount: {create: false}}", "default", "prod-langsmith-postgres")]
    [InlineData("prod", "backend: {serviceAccount: {create: false, name: own}}", "own", "prod-langsmith-postgres")]
    [InlineData("prod", "fullnameOverride: a23456789-123456789-123456789-123456789-123456789-1234567", "a23456789-123456789-123456789-123456789-123456789-1234567-backe", "a23456789-123456789-123456789-123456789-123456789-1234567-postgres")]
    public void Names_are_the_chart_s(string release, string values, string account, string secret)
    {
        var made = Make($"postgres: {{external: {{enabled: true}}}}\n{values}", release: release);
        Assert.Equal((account, $"{secret}/connection_url"), (made.ServiceAccountName, made.Connection.ToString()));
    }

    [Fact]
    public void Of_a_connection_in_the_values_nothing_gets_into_the_manifest()
    {
        var connection = PgConnectionString.Parse("app:S3cret-needle@db.example.com/langsmith").Connection!;
        var values = YamlText.Write(ConnectionValues.WithConnectionUrl(connection).ToDocument());
        Assert.Contains("needle", values, StringComparison.Ordinal);
        Assert.DoesNotContain("needle", YamlText.Write(Make(values).ToDocument()), StringComparison.Ordinal);
    }

    [Fact]
    public void The_identity_of_our_own_values_is_the_pod_s()
    {
        var connection = PgConnectionString.Parse("identity@db.example.com/langsmith?sslmode=require").Connection!;
        var values = IamValues.ForComponents(
            ConnectionValues.ForSecret(connection, "postgres-secret").With(IamValues.Provider, "azure"),
            WorkloadIdentity.Azure("0e4f8ecf-0000-4000-8000-000000000001"), ChartCatalogue.For(ChartCatalogue.Newest).Components);
        var objects = Read(Make(YamlText.Write(values.ToDocument()), new() { ModuleVersion = "0.1.0", Namespace = "prod", IncludeAccount = true }, release: "langsmith"));
        Assert.Equal("true", objects.OfType<V1Job>().Single().Spec.Template.Metadata.Labels["azure.workload.identity/use"]);
        Assert.Equal("0e4f8ecf-0000-4000-8000-000000000001", objects.OfType<V1ServiceAccount>().Single().Annotations()["azure.workload.identity/client-id"]);
    }

    // The chart's templates lay one over the other with Helm's merge.
    [Theory]
    [InlineData("fsGroup: 0", 1000)]
    [InlineData("fsGroup: 2000", 2000)]
    [InlineData("runAsUser: 5", 1000)]
    public void An_empty_value_of_the_backend_gives_way_to_the_common_one(string own, long group) => Assert.Equal(
        group,
        Job(Make($"postgres: {{external: {{enabled: true}}}}\ncommonPodSecurityContext: {{fsGroup: 1000}}\nbackend: {{deployment: {{podSecurityContext: {{{own}}}}}}}"))
            .Spec.Template.Spec.SecurityContext.FsGroup);

    [Theory]
    [InlineData("", true)]
    [InlineData("backend: {serviceAccount: {name: own}}", true)]
    [InlineData("backend: {serviceAccount: {create: false}}", false)]
    [InlineData("backend: {serviceAccount: {create: false, name: own}}", false)]
    public void It_is_known_whether_the_chart_makes_the_account(string values, bool isMade) => Assert.Equal(
        isMade,
        PreflightPods.FindBackend([ValuesFileReader.Read("values.yaml", $"postgres: {{external: {{enabled: true}}}}\n{values}")], LintChart.Of(ChartCatalogue.Newest), "release").IsAccountOfChart);

    [Fact]
    public void A_schema_that_Kubernetes_would_put_the_password_into_is_refused()
    {
        const string values = "postgres:\n  external:\n    enabled: true\n    schema: $(POSTGRES_DATABASE_URI)\n";
        Assert.Contains("postgres.external.schema", Assert.Throws<PreflightException>(() => Make(values)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("postgres: {external: {enabled: false, existingSecretName: pg}}")]
    public void Values_without_an_external_PostgreSQL_make_no_job(string values) =>
        Assert.Contains("postgres.external.enabled", Assert.Throws<PreflightException>(() => Make(values)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Upper", null)]
    [InlineData("dot.ted", null)]
    [InlineData("fine", "not fine")]
    public void Names_that_Kubernetes_does_not_take_are_refused(string name, string? space) =>
        Assert.ThrowsAny<ArgumentException>(() => Make(Everything, new() { ModuleVersion = "0.1.0", Name = name, Namespace = space }));

    [Fact]
    public void A_key_that_Kubernetes_does_not_know_would_fail() =>
        Assert.ThrowsAny<Exception>(() => KubernetesYaml.LoadAllFromString("apiVersion: batch/v1\nkind: Job\nspec: {backofLimit: 0}", strict: true));

    const string Several = """
        fullnameOverride: ls
        commonLabels: {team: data}
        postgres: {external: {enabled: true, existingSecretName: pg, customTls: true, clientCert: {secretName: mtls}}}
        fleet:
          enabled: true
          postgres: {external: {enabled: true, existingSecretName: fleet-pg, iamProvider: azure}}
        polly:
          postgres: {external: {enabled: true, connectionUrl: "postgresql://app:needle@db.example.com/polly"}}
        smithdb:
          enabled: true
          langsmith: {migration: {enabled: true}}
          config:
            existingSecretName: smith
            metastore: {hostSecretKey: h, databaseSecretKey: d, usernameSecretKey: u, passwordSecretKey: p, useSsl: true}
          migration: {taskdb: {postgres: {external: {enabled: true, existingSecretName: tasks, port: 5444}}}}
        """;

    [Fact]
    public void Databases_whose_pods_differ_in_what_a_pod_has_once_are_in_Jobs_of_their_own()
    {
        var made = Make(Several, release: "langsmith");
        Assert.Equal(
            [
                "LangSmith langsmith-pg-preflight ls-backend pg/connection_url",
                "Fleet langsmith-pg-preflight-fleet ls-standalone-fleet-api-server fleet-pg/postgres_connection_url",
                "Polly langsmith-pg-preflight-polly ls-standalone-polly-api-server ls-standalone-polly-postgres/postgres_connection_url",
                "SmithDbMetastore langsmith-pg-preflight-smithdbmetastore ls-smithdb smith/h, smith/d, smith/u, smith/p",
                "SmithDbTaskDb langsmith-pg-preflight-smithdbmetastore ls-smithdb tasks/postgres_host, tasks/postgres_db, tasks/postgres_user, tasks/postgres_password",
            ],
            made.Databases.Select(one => $"{one.Purpose} {one.JobName} {one.ServiceAccountName} {string.Join(", ", one.Connection)}"));
        Assert.Equal(["mtls/tls.crt", "mtls/tls.key"], made.Databases[1].Mounts.Select(mount => $"{mount}"));
        Assert.Empty(made.Databases[^1].Mounts);

        var jobs = Read(made).OfType<V1Job>().ToList();
        Assert.Equal(["langsmith-pg-preflight", "langsmith-pg-preflight-fleet", "langsmith-pg-preflight-polly", "langsmith-pg-preflight-smithdbmetastore"], jobs.Select(job => job.Name()));
        // One selector for all logs, and one for what is deleted.
        Assert.All(jobs, job => Assert.Equal(("langsmith-pg-preflight", "langsmith-pg-preflight"), (job.Labels()["langsmithpg/preflight"], job.Spec.Template.Metadata.Labels["langsmithpg/preflight"])));
        Assert.Equal(["ls-smithdb-ingestion-preflight", "data"], ((string[])["app.kubernetes.io/component", "team"]).Select(label => jobs[^1].Spec.Template.Metadata.Labels[label]));
        Assert.Equal(["preflight", "preflight-smithdbtaskdb"], jobs[^1].Spec.Template.Spec.Containers.Select(container => container.Name));
        Assert.Equal(["tmp", "tmp-smithdbtaskdb"], jobs[^1].Spec.Template.Spec.Containers.Select(container => container.VolumeMounts.Single(mount => mount.MountPath == "/tmp").Name));
        Assert.Contains("-l langsmithpg/preflight=langsmith-pg-preflight --all-containers --tail=-1", made.Commands[2], StringComparison.Ordinal);
        Assert.Contains("job -l langsmithpg/preflight=langsmith-pg-preflight", made.Commands[1], StringComparison.Ordinal);
        Assert.DoesNotContain("needle", YamlText.Write(made.ToDocument()), StringComparison.Ordinal);
    }

    [Fact]
    public void Databases_whose_pods_are_alike_are_in_one_Job_with_a_container_for_each()
    {
        var made = Make(Several, new() { ModuleVersion = "0.1.0", AccountName = "shared", Rehearse = true }, purposes: [DatabasePurpose.Polly, DatabasePurpose.Fleet, DatabasePurpose.LangSmith]);
        var containers = Job(made).Spec.Template.Spec.Containers;
        Assert.Equal(["preflight", "preflight-fleet", "preflight-polly"], containers.Select(container => container.Name));
        Assert.Equal(["POSTGRES_DATABASE_URI", "POSTGRES_URI", "POSTGRES_URI"], containers.Select(container => container.Env[0].Name));
        Assert.Equal(["POSTGRES_URI", "AGENT_POSTGRES_IAM_AUTH_PROVIDER", "HOME"], containers[1].Env.Take(3).Select(variable => variable.Name));
        Assert.Equal(
            ["-Purpose", "Fleet", "-Databases", "LangSmith,Fleet,Polly", "-SecretName", "fleet-pg", "-SecretKey", "postgres_connection_url", "-Variable", "POSTGRES_URI"],
            containers[1].Args.Take(10));
        // Only LangSmith's own migrations can be rehearsed.
        Assert.Equal([true, false, false], containers.Select(container => container.Args.Contains("-Rehearse")));
        Assert.Contains("job/langsmith-pg-preflight --all-containers", made.Commands[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fleet: {postgres: {external: {enabled: true, existingSecretName: pg}}}", "Fleet")]
    [InlineData("fleet: {postgres: {external: {enabled: true, existingSecretName: pg}}}\npostgres: {external: {enabled: true}}", "LangSmith")]
    [InlineData("polly: {postgres: {external: {enabled: true, existingSecretName: pg}}}\npostgres: {external: {enabled: true}}", "LangSmith,Polly")]
    public void What_is_used_is_tested_and_what_alone_is_configured(string values, string purposes) =>
        Assert.Equal(purposes, string.Join(',', Make(values).Databases.Select(one => one.Purpose)));

    [Theory]
    [InlineData("postgres: {external: {enabled: true}}", DatabasePurpose.Fleet, "0.16.11", "fleet.postgres.external.enabled is not true")]
    [InlineData("postgres: {external: {enabled: true}}", DatabasePurpose.Fleet, "0.14.0", "Chart 0.14.0 has no database for Fleet")]
    [InlineData("smithdb: {enabled: true, config: {existingSecretName: s, metastore: {hostSecretKey: h}}}", DatabasePurpose.SmithDbMetastore, "0.16.11", "smithdb.config.metastore.databaseSecretKey is not set")]
    [InlineData("smithdb: {enabled: true, config: {existingSecretName: s, metastore: {hostSecretKey: h, databaseSecretKey: d, passwordSecretKey: p, iamUsername: id}}}", DatabasePurpose.SmithDbMetastore, "0.16.11", "smithdb.config.metastore.usernameSecretKey is not set")]
    public void A_database_that_is_not_configured_is_refused(string values, DatabasePurpose purpose, string chart, string message) =>
        Assert.Contains(message, Assert.Throws<PreflightException>(() => Make(values, chart: new(chart), purposes: [purpose])).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_account_that_the_chart_makes_is_there_before_it()
    {
        var accounts = Read(Make($"{Several}\n", new() { ModuleVersion = "0.1.0", Namespace = "prod", IncludeAccount = true })).OfType<V1ServiceAccount>();
        Assert.Equal(["ls-backend", "ls-standalone-fleet-api-server", "ls-standalone-polly-api-server", "ls-smithdb"], accounts.Select(account => account.Name()));
    }

    [Fact]
    public void A_value_is_no_reference_to_the_password()
    {
        const string values = """
            smithdb:
              enabled: true
              config:
                existingSecretName: smith
                metastore: {hostSecretKey: h, databaseSecretKey: d, usernameSecretKey: u, passwordSecretKey: p, useSsl: true, iamAuthProvider: aws, iamUsername: $(SMITHDB_INGESTION__METASTORE__PASSWORD)}
            """;
        Assert.Equal(
            "$$(SMITHDB_INGESTION__METASTORE__PASSWORD)",
            Job(Make(values)).Spec.Template.Spec.Containers.Single().Env.Single(variable => variable.Name == "SMITHDB_INGESTION__METASTORE__USERNAME").Value);
    }

    [Theory]
    [InlineData("0.16.11", "", "smith/h, smith/d, smith/p", "id")]
    [InlineData("0.16.11", ", iamAuthProvider: aws", "smith/h, smith/d, smith/p", "id")]
    [InlineData("0.16.0", "", "smith/h, smith/d, smith/u, smith/p", null)]
    public void A_user_of_the_values_takes_the_place_of_the_Secret_s(string chart, string more, string keys, string? userName)
    {
        var made = Make(
            $"smithdb: {{enabled: true, config: {{existingSecretName: smith, metastore: {{hostSecretKey: h, databaseSecretKey: d, usernameSecretKey: u, passwordSecretKey: p, useSsl: true, iamUsername: id{more}}}}}}}",
            chart: new(chart));
        Assert.Equal(keys, string.Join(", ", made.Databases.Single().Connection));
        Assert.Equal(userName, Job(made).Spec.Template.Spec.Containers.Single().Env.Single(variable => variable.Name == "SMITHDB_INGESTION__METASTORE__USERNAME").Value);
    }

    static PreflightJob Make(string values, PreflightOptions? options = null, ChartVersion? chart = null, string release = "release", DatabasePurpose[]? purposes = null) => new(
        PreflightPods.Find([ValuesFileReader.Read("values.yaml", values)], LintChart.Of(chart ?? ChartCatalogue.Newest), release, purposes ?? []), options ?? new() { ModuleVersion = "0.1.0" });

    static V1Job Job(PreflightJob job) => Read(job).OfType<V1Job>().Single();

    // Kubernetes' own reader has no type for a list: its items are read one by one.
    static List<object> Read(PreflightJob job)
    {
        var list = job.ToDocument();
        Assert.Equal("List", list.Entries.Single(entry => entry.Key == "kind").Value.ToString());
        var items = (LangSmithPg.Documents.DocumentList)list.Entries.Single(entry => entry.Key == "items").Value;
        var text = new StringBuilder();
        foreach (var item in items.Items)
        {
            text.Append("---\n").Append(YamlText.Write((LangSmithPg.Documents.DocumentMap)item));
        }

        return KubernetesYaml.LoadAllFromString(text.ToString(), strict: true);
    }
}
