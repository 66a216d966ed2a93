using System.Text;
using LangSmithPg.Charts;
using LangSmithPg.Connections;
using LangSmithPg.Documents;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Kubernetes;
using LangSmithPg.Moves.Job;
using LangSmithPg.Preflight;
using LangSmithPg.Yaml.Linting;
using k8s;
using k8s.Models;

namespace LangSmithPg.Yaml.Tests.Moves.Job;

/// <summary>The job as Kubernetes' own types read it, strictly: a key that they do not know fails.</summary>
public sealed class MoveJobTests
{
    const string Both = "fleet: {enabled: true}\npolly: {enabled: false}\ninsights: {enabled: false}\nengineInsightsAgent: {enabled: false}\nengine: {enabled: false}";

    [Fact]
    public void The_pod_checks_copies_and_compares()
    {
        var job = Job(Make("{}", purposes: [DatabasePurpose.LangSmith]));
        var spec = job.Spec.Template.Spec;

        Assert.Equal((0, "Never", "release-langsmith-backend"), (job.Spec.BackoffLimit, spec.RestartPolicy, spec.ServiceAccountName));
        Assert.Equal(["check mcr.microsoft.com/dotnet/sdk:10.0 pwsh", "copy postgres:16 sh"], spec.InitContainers.Select(one => $"{one.Name} {one.Image} {one.Command[0]}"));
        Assert.Equal("compare mcr.microsoft.com/dotnet/sdk:10.0 pwsh", spec.Containers.Select(one => $"{one.Name} {one.Image} {one.Command[0]}").Single());
        Assert.Equal(["-Step", "Check", "-Purpose", "LangSmith", "-ModuleVersion", "0.1.0", "-TimeoutSeconds", "15", "-Jobs", "4"], spec.InitContainers[0].Args);
        Assert.Equal("Compare", spec.Containers[0].Args[1]);
        foreach (var container in spec.InitContainers.Concat(spec.Containers))
        {
            Assert.Equal(
                [
                    "SOURCE_HOST=release-langsmith-postgres", "SOURCE_PORT=5432", "SOURCE_USER=release-langsmith-postgres/postgres_user?",
                    "SOURCE_PASSWORD=release-langsmith-postgres/postgres_password?", "SOURCE_DATABASE=release-langsmith-postgres/postgres_db?", "TARGET_URL=postgres-secret/connection_url?",
                    "WORK=/copy/langsmith",
                ],
                container.Env.Take(7).Select(Text));
            // The restricted profile of Kubernetes' pod security standards.
            Assert.Equal((false, true), (container.SecurityContext.AllowPrivilegeEscalation, container.SecurityContext.ReadOnlyRootFilesystem));
            Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
            Assert.Equal(["/move", "/copy", "/tmp"], container.VolumeMounts.Select(mount => mount.MountPath));
        }

        Assert.Equal((true, 1000L), (spec.SecurityContext.RunAsNonRoot, spec.SecurityContext.RunAsUser));
        Assert.NotNull(spec.Volumes.Single(volume => volume.Name == "work").EmptyDir);
        Assert.True(spec.TerminationGracePeriodSeconds >= 60);
        Assert.Equal("release-langsmith-backend-move", job.Spec.Template.Metadata.Labels["app.kubernetes.io/component"]);
    }

    [Fact]
    public void The_scripts_are_in_a_ConfigMap()
    {
        var map = Read(Make("{}")).OfType<V1ConfigMap>().Single();
        Assert.Equal(["empty.sql", "module.ps1", "move.ps1", "move.sh", "state.sql"], map.Data.Keys.Order(StringComparer.Ordinal));
        Assert.All(map.Data.Values, text => Assert.DoesNotContain('\r', text));
        Assert.StartsWith("#!/bin/sh\n", map.Data["move.sh"], StringComparison.Ordinal);
    }

    [Fact]
    public void Each_database_has_a_Job_of_its_own()
    {
        var made = Make(Both);
        Assert.Equal(
            ["LangSmith langsmith-pg-move release-langsmith-postgres data-release-langsmith-postgres-0", "Fleet langsmith-pg-move-fleet release-langsmith-standalone-fleet-postgres data-release-langsmith-standalone-fleet-postgres-0"],
            made.Databases.Select(one => $"{one.Purpose} {one.JobName} {one.ServerName} {one.ClaimName}"));
        var jobs = Read(made).OfType<V1Job>().ToList();
        Assert.Equal(made.Databases.Select(one => one.JobName), jobs.Select(job => job.Name()));
        Assert.Equal(
            ["SOURCE_HOST=release-langsmith-standalone-fleet-postgres", "TARGET_URL=fleet-postgres-secret/postgres_connection_url?", "WORK=/copy/fleet", "PURPOSE=Fleet"],
            jobs[1].Spec.Template.Spec.InitContainers[1].Env.Select(Text).Where(text => text.Split('=')[0] is "SOURCE_HOST" or "TARGET_URL" or "WORK" or "PURPOSE"));
        Assert.All(jobs, job => Assert.Equal("langsmith-pg-move", job.Spec.Template.Metadata.Labels["langsmithpg/move"]));
        Assert.Contains("-l langsmithpg/move=langsmith-pg-move --all-containers", made.Commands[2], StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_values_and_the_admin_say_is_in_the_pod()
    {
        const string values = """
            namespace: prod
            fullnameOverride: ls
            commonPodSecurityContext: {fsGroup: 7, runAsUser: 5}
            config: {customCa: {secretName: my-ca, secretKey: bundle.pem}}
            postgres: {name: db, service: {port: 5433}, external: {existingSecretName: pg, customTls: true, clientCert: {secretName: mtls}}}
            """;
        var job = Job(Make(values, new()
        {
            ModuleVersion = "0.1.0", Name = "move", Image = "r/pwsh:1", CopyImage = "r/postgres:16", WorkClaim = "dump", Jobs = 8, Force = true, KeepPartial = true,
            ImagePullSecrets = ["registry"], PodLabels = [new("more", "yes")], Module = ModuleSource.Volume("tools"),
        }, [DatabasePurpose.LangSmith]));
        var spec = job.Spec.Template.Spec;
        var copy = spec.InitContainers[1];
        Assert.Equal(("move", "prod", "r/postgres:16", "yes"), (job.Name(), job.Namespace(), copy.Image, job.Spec.Template.Metadata.Labels["more"]));
        Assert.Equal(
            [
                "SOURCE_HOST=ls-db", "SOURCE_PORT=5433", "SOURCE_USER=pg/postgres_user?", "SOURCE_PASSWORD=pg/postgres_password?", "SOURCE_DATABASE=pg/postgres_db?",
                "TARGET_URL=postgres-secret/connection_url?", "TARGET_SSLCERT=/etc/postgres/certs/client.crt", "TARGET_SSLKEY=/etc/postgres/certs/client.key",
                "SSL_CERT_FILE=/etc/ssl/certs/custom-ca-certificates.crt", "WORK=/copy/langsmith", "PURPOSE=LangSmith", "JOBS=8", "FORCE=1", "KEEP_PARTIAL=1",
            ],
            copy.Env.Select(Text));
        Assert.Equal((5L, 7L), (spec.SecurityContext.RunAsUser, spec.SecurityContext.FsGroup));
        Assert.Equal("dump", spec.Volumes.Single(volume => volume.Name == "work").PersistentVolumeClaim.ClaimName);
        Assert.Contains("/modules", spec.InitContainers[0].Args);
        Assert.DoesNotContain(copy.VolumeMounts, mount => mount.MountPath == "/modules");
        Assert.Contains("-Force", spec.InitContainers[0].Args);
        Assert.Equal("registry", spec.ImagePullSecrets.Single().Name);
    }

    // pg_dump must not be older than the source.
    [Theory]
    [InlineData("images: {postgresImage: {tag: 18.1}}", "postgres:18")]
    [InlineData("images: {postgresImage: {tag: 15.3-alpine}}", "postgres:16")]
    [InlineData("images: {postgresImage: {tag: latest}}", "postgres:16")]
    public void The_image_suits_the_source_that_the_values_name(string values, string image) =>
        Assert.Equal(image, Make(values, purposes: [DatabasePurpose.LangSmith]).CopyImage);

    [Fact]
    public void A_claim_s_volume_can_be_written_by_the_pod() =>
        Assert.Equal(1000, Job(Make("{}", new() { ModuleVersion = "0.1.0", WorkClaim = "dump" }, [DatabasePurpose.LangSmith])).Spec.Template.Spec.SecurityContext.FsGroup);

    [Theory]
    [InlineData("postgres: {external: {enabled: true, existingSecretName: pg}}", DatabasePurpose.LangSmith)]
    [InlineData("{}", DatabasePurpose.Fleet)]
    [InlineData("{}", DatabasePurpose.SmithDbMetastore)]
    public void A_database_that_the_chart_does_not_install_is_refused(string values, DatabasePurpose purpose) => Assert.Equal(
        PreflightProblemKind.NoPostgresInCluster, Assert.Throws<PreflightException>(() => Make(values, purposes: [purpose])).Kind);

    [Theory]
    [InlineData("Upper", "postgres-secret", "connection_url")]
    [InlineData("fine", "not fine", "connection_url")]
    [InlineData("fine", "postgres-secret", "not fine")]
    public void Names_that_Kubernetes_does_not_take_are_refused(string name, string secret, string key) => Assert.ThrowsAny<ArgumentException>(
        () => new MoveJob(Find("{}", [DatabasePurpose.LangSmith]), [new(secret, key)], new() { ModuleVersion = "0.1.0", Name = name }));

    // The chart's helper shortens the full name, so that the end stays whole.
    [Fact]
    public void The_server_of_an_agent_has_the_chart_s_short_name() => Assert.Equal(
        "a23456789-123456789-12345-standalone-fleet-postgres",
        Find($"fullnameOverride: a23456789-123456789-12345-789\n{Both}", [DatabasePurpose.Fleet])[0].ServerName);

    static string Text(V1EnvVar variable) => variable.ValueFrom?.SecretKeyRef is { Optional: true } secret ? $"{variable.Name}={secret.Name}/{secret.Key}?" : $"{variable.Name}={variable.Value}";

    static IReadOnlyList<InstalledDatabase> Find(string values, DatabasePurpose[] purposes) =>
        PreflightPods.FindInstalled([ValuesFileReader.Read("values.yaml", values)], LintChart.Of(ChartCatalogue.Newest), "release", purposes);

    static MoveJob Make(string values, MoveOptions? options = null, DatabasePurpose[]? purposes = null)
    {
        var databases = Find(values, purposes ?? []);
        return new(
            databases,
            [.. databases.Select(one => new SecretReference(
                LangSmithPg.Databases.DatabaseSecrets.DefaultName(one.Pod.Purpose),
                one.Pod.Purpose == DatabasePurpose.LangSmith ? KubernetesSecret.DefaultConnectionKey : KubernetesSecret.AgentConnectionKey))],
            options ?? new() { ModuleVersion = "0.1.0" });
    }

    static V1Job Job(MoveJob job) => Read(job).OfType<V1Job>().Single();

    // Kubernetes' own reader has no type for a list: its items are read one by one.
    static List<object> Read(MoveJob job)
    {
        var items = (DocumentList)job.ToDocument().Entries.Single(entry => entry.Key == "items").Value;
        var text = new StringBuilder();
        foreach (var item in items.Items)
        {
            text.Append("---\n").Append(YamlText.Write((DocumentMap)item));
        }

        return KubernetesYaml.LoadAllFromString(text.ToString(), strict: true);
    }
}
