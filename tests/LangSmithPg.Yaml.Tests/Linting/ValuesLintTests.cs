using System.Text.RegularExpressions;
using CsCheck;
using LangSmithPg.Charts;
using LangSmithPg.Common;
using LangSmithPg.Files;
using LangSmithPg.Helm;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Yaml.Editing;
using LangSmithPg.Yaml.Linting;
using LangSmithPg.Yaml.Tests.Editing;

namespace LangSmithPg.Yaml.Tests.Linting;

/// <summary>What is found in values files, and where.</summary>
public sealed class ValuesLintTests
{
    const string Newest = "0.16.11";
    const string Good = "postgres:\n  external:\n    enabled: true\n    existingSecretName: pg\n";
    const string Client = Good + "    clientCert: {secretName: client}\n";
    const string Parts = "postgres:\n  external:\n    enabled: true\n    host: db\n    user: u\n    database: d\n";

    [Theory]
    [InlineData("{}\n", "Values.NotExternal", FindingStatus.Warning, 1, 1)]
    [InlineData("postgres:\n  external:\n    existingSecretName: pg\n", "Values.NotExternal", FindingStatus.Fail, 2, 3)]
    [InlineData("postgres:\n  external:\n    enabled: true\n", "Values.NoConnection", FindingStatus.Fail, 3, 5)]
    [InlineData(Good + "    connectionUrl: u:p@h/d\n", "Values.ShadowedConnection", FindingStatus.Warning, 5, 5)]
    [InlineData("postgres:\n  external:\n    enabled: true\n    connectionUrl: u:p@s/w@h/d\n", "Values.ConnectionUrl", FindingStatus.Fail, 4, 5)]
    [InlineData("postgres:\n  external:\n    enabled: true\n    connectionUrl: u:p@h/d\n", "Values.NoSslMode", FindingStatus.Warning, 4, 5)]
    [InlineData("postgres:\n  external:\n    enabled: true\n    connectionUrl: u:p@h/d\n", "Values.Migrations", FindingStatus.Warning, 4, 5)]
    [InlineData(Parts + "    password: p@s/s:w#\n", "Values.UnencodedPart", FindingStatus.Fail, 7, 5)]
    [InlineData(Parts, "Values.DefaultPart", FindingStatus.Warning, 4, 5)]
    [InlineData(Parts, "Values.NoSslMode", FindingStatus.Warning, 4, 5)]
    [InlineData("postgres:\n  external:\n    connectionUrlSecretKey: url\n", "Values.SecretKey", FindingStatus.Fail, 3, 5)]
    [InlineData("postgres:\n  external:\n    existingSecretName: \"123\"\n", "Values.SecretName", FindingStatus.Fail, 3, 5)]
    [InlineData("postgres:\n  external:\n    existingSecretName: Postgres_Secret\n", "Values.SecretName", FindingStatus.Fail, 3, 5)]
    [InlineData(Good + "  externl: {}\n", "Values.UnknownKey", FindingStatus.Warning, 5, 3)]
    [InlineData(Good + "'': 1\n", "Values.UnknownKey", FindingStatus.Warning, 5, 1)]
    [InlineData(Good + "    iamProvider: azure\n", "Values.UnknownKey", FindingStatus.Fail, 5, 5)]
    [InlineData(Good + "backend:\n  podSecurityContext:\n    fsGroup: 1000\n", "Values.UnknownKey", FindingStatus.Fail, 6, 3)]
    [InlineData(Good + "    enabled: true\n", "Values.RepeatedKey", FindingStatus.Fail, 5, 5)]
    [InlineData(Good + "polly:\n  enabled: \"false\"\n", "Values.QuotedFlag", FindingStatus.Fail, 6, 3)]
    [InlineData(Good + "commonLabels:\n  tier: 3\n", "Values.NotText", FindingStatus.Fail, 6, 3)]
    [InlineData(Client, "Values.CustomTls", FindingStatus.Fail, 2, 3)]
    [InlineData(Client, "Values.FsGroup", FindingStatus.Fail, 5, 18)]
    [InlineData("postgres:\n  external:\n    connectionUrl: u:p@h/d?sslmode=require\n    clientCert: {secretName: client}\n", "Values.VerifyFull", FindingStatus.Warning, 3, 5)]
    [InlineData(Good + "config:\n  customCa:\n    secretName: ca\n", "Values.CustomCa", FindingStatus.Fail, 7, 5)]
    [InlineData(Good + "    iamAuthProvider: Azure\n", "Values.IamProvider", FindingStatus.Fail, 5, 5)]
    [InlineData(Good + "    iamAuthProvider: azure\n", "Values.IamIdentity", FindingStatus.Fail, 5, 5)]
    [InlineData(Good + "    iamAuthProvider: aws\n", "Values.IamIdentity", FindingStatus.Warning, 5, 5)]
    [InlineData(Good + "    iamAuthProvider: aws\n", "Values.MigrationIdentity", FindingStatus.Unknown, 5, 5)]
    [InlineData("postgres:\n  external:\n    iamAuthProvider: gcp\n    connectionUrl: u:p@h/d?sslmode=require\n", "Values.IamPassword", FindingStatus.Fail, 4, 5)]
    [InlineData("postgres:\n  external:\n    iamAuthProvider: gcp\n    connectionUrl: u@h/d?sslmode=prefer\n", "Values.IamTls", FindingStatus.Fail, 4, 5)]
    [InlineData(Good, "Values.OtherDatabase", FindingStatus.Warning, 1, 1)]
    [InlineData(Good + "polly:\n  postgres:\n    external:\n      enabled: true\n      host: h\n", "Values.OtherDatabaseTls", FindingStatus.Warning, 9, 7)]
    [InlineData(Good + "commonEnv:\n  - name: POSTGRES_DATABASE_URI\n    value: x\n", "Values.RepeatedVariable", FindingStatus.Fail, 6, 5)]
    [InlineData(Good + "queue:\n  deployment:\n    extraEnv: [{name: POSTGRES_TLS, value: x}]\n", "Values.RepeatedVariable", FindingStatus.Fail, 7, 17)]
    [InlineData(Good + "queue:\n  deployment:\n    extraEnv: [{name: ASYNCPG_POOL_MAX_SIZE, value: x}]\n", "Values.RepeatedVariable", FindingStatus.Fail, 7, 17)]
    [InlineData(Good + "commonEnv:\n  - name: REDIS_MAX_CONNECTIONS\n    value: x\n", "Values.RepeatedVariable", FindingStatus.Fail, 6, 5)]
    [InlineData(Good + "commonEnv: [{name: A, value: x}]\nqueue:\n  deployment:\n    extraEnv: [{name: A, value: x}]\n", "Values.RepeatedVariable", FindingStatus.Fail, 8, 17)]
    [InlineData(Good + "presidioAnalyzer:\n  enabled: true\n  deployment:\n    extraEnv: [{name: LOG_LEVEL, value: x}]\n", "Values.RepeatedVariable", FindingStatus.Warning, 8, 17)]
    [InlineData("postgres:\n  external: db.example.com\n", "Values.WrongKind", FindingStatus.Fail, 2, 3)]
    [InlineData("postgres:\n  external: [db]\n", "Values.WrongKind", FindingStatus.Fail, 2, 3)]
    [InlineData(Good + "    clientCert: mtls\n", "Values.WrongKind", FindingStatus.Fail, 5, 5)]
    [InlineData(Good + "backend:\n  deployment: x\n", "Values.WrongKind", FindingStatus.Fail, 6, 3)]
    [InlineData(Good + "commonEnv: {A: b}\n", "Values.WrongKind", FindingStatus.Fail, 5, 1)]
    [InlineData(Good + "clickhouse: {enabled: \"true\"}\n", "Values.WrongKind", FindingStatus.Fail, 5, 14)]
    [InlineData(Good + "commonPodSecurityContext: {fsGroup: \"1000\"}\n", "Values.WrongKind", FindingStatus.Fail, 5, 28)]
    [InlineData(Good + "commonPodSecurityContext: {fsGroup: -5}\n", "Values.WrongKind", FindingStatus.Fail, 5, 28)]
    [InlineData(Parts + "    port: none\n", "Values.Port", FindingStatus.Fail, 7, 5)]
    [InlineData(Parts + "    port: \"65536\"\n", "Values.Port", FindingStatus.Fail, 7, 5)]
    [InlineData(Good + "    clientCert: {secretName: My_Cert}\n", "Values.SecretName", FindingStatus.Fail, 5, 18)]
    [InlineData(Good + "config: {customCa: {secretName: CA, secretKey: ca.crt}}\n", "Values.SecretName", FindingStatus.Fail, 5, 21)]
    [InlineData(Good + "polly: {postgres: {external: {enabled: true, existingSecretName: \"12\"}}}\n", "Values.SecretName", FindingStatus.Fail, 5, 46)]
    [InlineData(Good + "polly: {postgres: {external: {iamProvider: Azure}}}\n", "Values.IamProvider", FindingStatus.Fail, 5, 31)]
    [InlineData(Good + "polly: {postgres: {external: {enabled: true}}}\n", "Values.NoConnection", FindingStatus.Fail, 5, 31)]
    [InlineData(Good + "polly: {postgres: {external: {enabled: true, host: h, password: \"a/b\"}}}\n", "Values.UnencodedPart", FindingStatus.Fail, 5, 55)]
    [InlineData(Good + "polly: {postgres: {external: {enabled: true, connectionUrl: \"u:p@h/d?sslmode=require\"}}}\n", "Values.ConnectionUrl", FindingStatus.Fail, 5, 46)]
    [InlineData(Good + "polly: {postgres: {external: {enabled: true, connectionUrl: \"postgresql://u:p@h:x/d\"}}}\n", "Values.ConnectionUrl", FindingStatus.Fail, 5, 46)]
    [InlineData(Good + "polly: {postgres: {external: {enabled: true, connectionUrl: \"postgresql://u:p@h/d\"}}}\n", "Values.NoSslMode", FindingStatus.Warning, 5, 46)]
    [InlineData(Good + "polly: {postgres: {external: {enabled: true, host: h, iamProvider: aws}}}\n", "Values.IamTls", FindingStatus.Fail, 5, 46)]
    [InlineData(Good + "polly: {postgres: {external: {enabled: true, connectionUrl: \"postgresql://u:p@h/d?sslmode=require\", iamProvider: aws}}}\n", "Values.IamPassword", FindingStatus.Fail, 5, 46)]
    [InlineData(Good + "polly: {postgres: {external: {enabled: true, existingSecretName: s, iamProvider: aws}}, queue: {autoscaling: {enabled: true, keda: {enabled: true}}}}\n", "Values.KedaLogin", FindingStatus.Warning, 5, 133)]
    [InlineData(Good + "smithdb: {enabled: true}\n", "Values.NoConnection", FindingStatus.Fail, 5, 1)]
    [InlineData(Good + "smithdb: {enabled: true, config: {existingSecretName: s, metastore: {iamAuthProvider: aws}}}\n", "Values.IamTls", FindingStatus.Fail, 5, 58)]
    [InlineData(Good + "    iamAuthProvider: azure\ncommonAnnotations: {azure.workload.identity/client-id: name}\n", "Values.IamName", FindingStatus.Fail, 6, 21)]
    [InlineData(Good + "    iamAuthProvider: gcp\nqueue: {serviceAccount: {create: false}}\n", "Values.IamAccount", FindingStatus.Fail, 6, 26)]
    [InlineData(Good + "    iamAuthProvider: aws\nqueue: {serviceAccount: {create: false}}\n", "Values.IamAccount", FindingStatus.Warning, 6, 26)]
    [InlineData(Good + "    iamAuthProvider: gcp\nqueue: {serviceAccount: {create: false, name: own}}\n", "Values.IamAccount", FindingStatus.Unknown, 6, 26)]
    public void A_mistake_is_found_where_it_stands(string yaml, string id, FindingStatus status, int line, int column)
    {
        var finding = Assert.Single(Evaluate(yaml).Findings, one => one.Id == id && (one.Id != "Values.OtherDatabase" || one.Key.StartsWith("polly", StringComparison.Ordinal)));
        Assert.Equal((status, line, column), (finding.Status, finding.Line, finding.Column));
        Assert.NotNull(finding.Fix);
    }

    [Theory]
    [InlineData("polly: {postgres: {external: {enabled: true, existingSecretName: s}}, queue: {autoscaling: {enabled: true, keda: {enabled: true}}}}")]
    [InlineData("polly: {postgres: {external: {enabled: true, existingSecretName: s, iamProvider: aws}}, queue: {autoscaling: {keda: {enabled: true}}}}")]
    [InlineData("polly: {enabled: false, postgres: {external: {enabled: true, existingSecretName: s, iamProvider: aws}}, queue: {autoscaling: {enabled: true, keda: {enabled: true}}}}")]
    public void KEDA_may_use_a_password_and_what_is_off_is_not_judged(string yaml) =>
        Assert.DoesNotContain(Evaluate($"{Good}{yaml}\n").Findings, finding => finding.Id == "Values.KedaLogin");

    [Theory]
    [InlineData("0.15.17", "insights", "insights.enabled", "polly.enabled")]
    [InlineData("0.16.11", "engineInsightsAgent", "insights.enabled", "polly.enabled")]
    [InlineData("0.17.0-rc.12", "engineInsightsAgent", "insights.enabled", "polly.enabled")]
    public void What_is_warned_of_in_values_that_name_the_database_alone_goes_when_the_fix_is_done(string version, string agent, params string[] switches)
    {
        var findings = Evaluate(Good, version).Findings;
        Assert.Equal([$"{agent}.postgres.external.enabled", "polly.postgres.external.enabled"], findings.Select(one => one.Key).Order(StringComparer.Ordinal));
        var fixes = findings.Select(one => Assert.IsType<Remedy>(one.Fix).Text).ToList();

        var off = fixes.Select(fix => Regex.Match(fix, "set ([a-z.]+) to false").Groups[1].Value).ToList();
        Assert.Equal(switches, off.Order(StringComparer.Ordinal));
        Assert.Empty(Evaluate(Merged(off.Select(path => (path, "false"))), version).Findings);

        var named = fixes.Select(fix => Regex.Match(fix, "Set ([A-Za-z.]+) to true and ([A-Za-z.]+) to the name of a Secret").Groups);
        Assert.Empty(Evaluate(Merged(named.SelectMany(one => ((string, string)[])[(one[1].Value, "true"), (one[2].Value, $"pg-{one[1].Length}")])), version).Findings);

        string Merged(IEnumerable<(string Path, string Value)> values) => ValuesEditor.Apply(Good, values.Aggregate(
            HelmValues.Empty, (all, one) => bool.TryParse(one.Value, out var flag) ? all.With(ValuesPath.Of(one.Path), flag) : all.With(ValuesPath.Of(one.Path), one.Value))).Text;
    }

    [Fact]
    public void A_part_that_two_switches_turn_on_is_switched_off_by_those_that_are_on() => Assert.Contains(
        "set insights.enabled and engine.enabled to false",
        Evaluate(Good + "engine:\n  enabled: true\n").Findings.Single(one => one.Key.StartsWith("engineInsightsAgent", StringComparison.Ordinal)).Fix?.Text, StringComparison.Ordinal);

    [Fact]
    public void An_account_that_several_pods_share_is_told_once()
    {
        const string Annotation = "iam.gke.io/gcp-service-account";
        const string Iam = Good + "    iamAuthProvider: gcp\n";
        string Message(string yaml) => Evaluate(yaml).Findings.Single(one => one.Id == "Values.IamIdentity").Message;

        var names = Message(Iam)["The service accounts of ".Length..].Split(" have ")[0].Split(", ");
        Assert.Contains("backend", names);
        Assert.DoesNotContain(names, name => name.StartsWith("backend.", StringComparison.Ordinal));

        var others = names.Where(name => name != "backend").Aggregate(
            HelmValues.Empty, (all, name) => all.With(ValuesPath.Of($"{name}.serviceAccount.annotations").Child(Annotation), "a@p.iam.gserviceaccount.com"));
        Assert.Equal($"The service account of backend has no annotation {Annotation}.", Message(Iam + YamlText.Write(others.ToDocument())));
    }

    [Fact]
    public void What_slipped_into_the_place_of_a_provider_is_not_told() => Assert.DoesNotContain(
        "N33dle", string.Join('\n', Evaluate(Good + "    iamAuthProvider: app:N33dle@db:5432/app\n").Findings.Select(one => $"{one} {one.Why} {one.Fix}")), StringComparison.Ordinal);

    [Fact]
    public void Two_databases_that_are_one_are_found_however_they_are_written()
    {
        var report = Evaluate(
            """
            postgres: {external: {enabled: true, connectionUrl: "u:p@DB.example.com/langsmith?sslmode=require"}}
            polly: {postgres: {external: {enabled: true, connectionUrl: "postgresql://x:y@db.example.com.:5432/langsmith"}}}
            fleet: {postgres: {external: {enabled: true, host: db.example.com, database: fleet}}}
            """);

        Assert.Equal("polly.postgres.external.connectionUrl", Assert.Single(report.Findings, one => one.Id == "Values.SameDatabase").Key);
    }

    // The webhook acts on this text alone.
    [Theory]
    [InlineData("\"true\"", true)]
    [InlineData("\"false\"", false)]
    [InlineData("\"True\"", false)]
    [InlineData("\"${USE}\"", true)]
    public void Azure_s_label_has_to_say_true(string label, bool isFine)
    {
        var report = Evaluate(
            Good + "    iamAuthProvider: azure\ncommonAnnotations: {azure.workload.identity/client-id: 11111111-2222-3333-4444-555555555555}\n"
            + $"commonLabels: {{azure.workload.identity/use: {label}}}\n");

        Assert.Equal(isFine ? [] : [FindingStatus.Fail], report.Findings.Where(one => one.Id == "Values.IamIdentity").Select(one => one.Status));
    }

    [Fact]
    public void A_label_of_its_own_wins_over_the_common_one()
    {
        var finding = Assert.Single(
            Evaluate(
                Good + "    iamAuthProvider: azure\ncommonAnnotations: {azure.workload.identity/client-id: 11111111-2222-3333-4444-555555555555}\n"
                + "commonLabels: {azure.workload.identity/use: \"true\"}\nqueue: {deployment: {labels: {azure.workload.identity/use: \"false\"}}}\n").Findings,
            one => one.Id == "Values.IamIdentity");

        Assert.Equal("The pods of queue have no label azure.workload.identity/use: \"true\".", finding.Message);
    }

    [Fact]
    public void An_account_that_the_chart_does_not_make_is_told_with_its_command()
    {
        var findings = Evaluate(
            """
            namespace: prod
            postgres: {external: {enabled: true, existingSecretName: pg, iamAuthProvider: azure}}
            commonAnnotations: {azure.workload.identity/client-id: 11111111-2222-3333-4444-555555555555}
            commonLabels: {azure.workload.identity/use: "true"}
            backend: {serviceAccount: {create: false, name: langsmith-ksa}}
            platformBackend: {serviceAccount: {create: false}}
            """).Findings;

        var (named, unnamed) = (findings.Single(one => one.Key == "backend.serviceAccount.create"), findings.Single(one => one.Key == "platformBackend.serviceAccount.create"));
        Assert.Equal((FindingStatus.Unknown, FindingStatus.Fail), (named.Status, unnamed.Status));
        Assert.Equal(
            "kubectl annotate serviceaccount langsmith-ksa -n prod azure.workload.identity/client-id=11111111-2222-3333-4444-555555555555 --overwrite", named.Fix?.Text);
        Assert.Contains("backend.migrations", named.Message, StringComparison.Ordinal);
        Assert.StartsWith("platformBackend runs as the default service account of the namespace", unnamed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(findings, one => one.Id is "Values.MigrationIdentity" or "Values.IamIdentity");
    }

    [Fact]
    public void One_account_of_the_chart_s_may_serve_for_all()
    {
        const string Shared = "{create: false, name: langsmith-pg}";
        var others = string.Join('\n', ChartCatalogue.For(new(Newest)).Components.Select(one => one.ServiceAccount.Path!.Keys).Where(keys => keys[0] != "backend").Distinct()
            .GroupBy(keys => keys[0]).Select(group => $"{group.Key}: {{{string.Join(", ", group.Select(keys => keys.Count == 2 ? $"serviceAccount: {Shared}" : $"{keys[1]}: {{serviceAccount: {Shared}}}"))}}}"));
        var yaml = Good + "    iamAuthProvider: gcp\nbackend: {serviceAccount: {name: langsmith-pg, annotations: {iam.gke.io/gcp-service-account: langsmith@project.iam.gserviceaccount.com}}}\n" + others;

        Assert.DoesNotContain(Evaluate(yaml).Findings, one => one.Id is "Values.IamAccount" or "Values.IamIdentity");
    }

    [Fact]
    public void An_account_that_is_made_by_default_nowhere_is_mended()
    {
        const string Iam = Good + "    iamAuthProvider: gcp\ncommonAnnotations: {iam.gke.io/gcp-service-account: langsmith@project.iam.gserviceaccount.com}\n";
        var finding = Assert.Single(Evaluate(Iam, "0.12.34").Findings, one => one.Id == "Values.IamAccount");
        Assert.Equal(("e2eTest.serviceAccount.create", FindingStatus.Fail), (finding.Key, finding.Status));

        var mended = ValuesEditor.Apply(Iam, finding.GetRepair()!).Text;

        Assert.DoesNotContain(Evaluate(mended, "0.12.34").Findings, one => one.Status == FindingStatus.Fail);
    }

    [Theory]
    [InlineData("", "langsmith-backend", " (for a release")]
    [InlineData("fullnameOverride: smith\n", "smith-backend", "")]
    [InlineData("backend: {serviceAccount: {name: own}}\n", "own", "")]
    [InlineData("backend: {name: api}\n", "langsmith-api", "prod-langsmith-api)")]
    public void The_account_of_the_migrations_is_named_as_it_is(string values, string name, string more)
    {
        var fix = Evaluate($"{values}{Good}    iamAuthProvider: azure\n").Findings.Single(one => one.Id == "Values.MigrationIdentity").Fix!.Text;

        Assert.Contains($"kubectl annotate serviceaccount {name} azure.workload.identity/client-id=<identity> --overwrite", fix, StringComparison.Ordinal);
        Assert.Contains(more, fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.16.11", "insights.postgres.external.enabled", "insights.postgres", "engineInsightsAgent.postgres")]
    [InlineData("0.16.0", "insights.queue.enabled", "insights.queue", "engineInsightsAgent.queue")]
    [InlineData("0.16.11", "images.insightsAgentImage.tag", "images.insightsAgentImage", "images.engineInsightsAgentImage")]
    [InlineData("0.16.11", "images.hostBackendImage.tag", "images.hostBackendImage", "images.backendImage")]
    [InlineData("0.15.17", "images.agentBuilderToolServerImage.tag", "images.agentBuilderToolServerImage", "images.fleetToolServerImage")]
    [InlineData("0.16.11", "backend.agentBootstrap.enabled", "backend.agentBootstrap", "")]
    [InlineData("0.15.1", "config.insights.enabled", "config.insights", "insights")]
    [InlineData("0.15.0", "agentBuilderToolServer.enabled", "agentBuilderToolServer", "fleetToolServer")]
    [InlineData("0.13.0", "frontend.autoscaling.enabled", "frontend.autoscaling.enabled", "frontend.autoscaling.hpa.enabled or frontend.autoscaling.keda.enabled")]
    [InlineData("0.16.11", "ingestQueue.autoscaling.createHpa", "ingestQueue.autoscaling.createHpa", "ingestQueue.autoscaling.hpa.enabled or ingestQueue.autoscaling.keda.enabled")]
    [InlineData("0.16.11", "insights.redis", "insights.redis", "engineInsightsAgent.redis")]
    [InlineData("0.12.20", "listener.templates.db", "listener.templates", "operator.templates")]
    [InlineData("0.12.20", "config.langgraphPlatform.enabled", "config.langgraphPlatform", "config.deployment")]
    [InlineData("0.16.11", "istioGateway.hostname", "istioGateway.hostname", "config.hostname")]
    public void A_key_that_the_chart_refuses_is_a_failure_with_the_chart_s_advice(string version, string path, string key, string instead)
    {
        var yaml = YamlText.Write(HelmValues.Empty.With(ValuesPath.Of(path), "x").ToDocument()) + "\n" + Good;
        var finding = Assert.Single(Evaluate(yaml, version).Findings, one => one.Id is "Values.RefusedKey" or "Values.UnknownKey");

        Assert.Equal(
            ("Values.RefusedKey", FindingStatus.Fail, key, instead.Length == 0 ? "Remove it." : $"Use {instead} instead."),
            (finding.Id, finding.Status, finding.Key, finding.Fix?.Text));
    }

    // Helm takes away the null of a key that the chart has, and keeps any other.
    [Fact]
    public void A_null_does_not_take_a_refused_key_away() => Assert.Contains(
        Evaluate(Good + "insights: {postgres: null}\n").Findings, one => one is { Id: "Values.RefusedKey", Status: FindingStatus.Fail, Key: "insights.postgres" });

    [Theory]
    [InlineData("0.16.11", true)]
    [InlineData("0.13.10", true)]
    [InlineData("0.13.9", false)]
    public void Without_the_chart_s_checks_such_a_key_does_nothing(string version, bool canSkip)
    {
        var finding = Assert.Single(
            Evaluate(Good + "config: {skipValidation: true}\nfrontend: {autoscaling: {enabled: true}}\n", version).Findings, one => one.Key == "frontend.autoscaling.enabled");

        Assert.Equal(canSkip ? ("Values.UnknownKey", FindingStatus.Warning) : ("Values.RefusedKey", FindingStatus.Fail), (finding.Id, finding.Status));
        Assert.Equal("Use frontend.autoscaling.hpa.enabled or frontend.autoscaling.keda.enabled instead.", finding.Fix);
    }

    [Theory]
    [InlineData(Good + "listener: {templates: {}}\n")]
    [InlineData(Good + "config: {deployment: {rootDomain: \"\"}}\n")]
    [InlineData(Good + "listener: {templates: null}\n")]
    public void What_the_chart_lets_through_is_no_failure(string yaml) => Assert.DoesNotContain(Evaluate(yaml).Findings, one => one.Status == FindingStatus.Fail);

    [Theory]
    [InlineData("aceBackend.autoscaling.hpa.enable", "aceBackend.autoscaling.hpa.enabled")]
    [InlineData("polly.queue.postgres", "")]
    [InlineData("operator.autoscaling.enabled", "")]
    public void No_key_that_many_maps_have_is_guessed_from_further_up(string path, string near)
    {
        var fix = Assert.Single(
            Evaluate(YamlText.Write(HelmValues.Empty.With(ValuesPath.Of(path), "x").ToDocument())).Findings, one => one.Id == "Values.UnknownKey").Fix!;

        Assert.Equal(near.Length == 0 ? "Remove it, or check its spelling and indentation." : $"Did you mean {near}?", fix);
    }

    [Theory]
    [InlineData("0.99.0", "0.17.0-rc.12")]
    [InlineData("0.17.0", "0.17.0-rc.12")]
    [InlineData("0.16.0-rc.3", "0.16.0")]
    [InlineData("0.13.8", "0.13.7")]
    public void Of_a_version_that_nobody_looked_at_nothing_is_said_for_certain(string version, string known)
    {
        var report = Evaluate(Good + "no: {such: key}\ninsights: {postgres: {external: {enabled: true}}}\nbackend: {deployment: text}\n", version);

        Assert.Equal(($"{version}", $"{known}"), ($"{report.ChartVersion}", $"{report.TakenFor}"));
        Assert.Equal($"Chart {version} is not known: the values were validated against chart {known}.", report.Findings.Single(one => one.Id == "Values.UnknownVersion").Message);
        var ofKeys = report.Findings.Where(one => one.Id is "Values.UnknownKey" or "Values.RefusedKey" or "Values.WrongKind").ToList();
        Assert.InRange(ofKeys.Count, 2, 3);
        Assert.All(ofKeys, one =>
        {
            Assert.Equal(FindingStatus.Unknown, one.Status);
            Assert.Contains($"hart {known} (used for {version})", one.Message, StringComparison.Ordinal);
        });
        Assert.DoesNotContain(Evaluate(Good, known).Findings, one => one.Id == "Values.UnknownVersion");
    }

    [Theory]
    [InlineData("one", "one", true)]
    [InlineData("one", "two", false)]
    public void Two_agents_with_one_Secret_have_one_database(string first, string second, bool isSame) => Assert.Equal(
        isSame ? ["polly.postgres.external.existingSecretName"] : [],
        Evaluate(YamlText.Write(HelmValues.Empty.With(External("enabled"), true).With(External("existingSecretName"), "one")
            .With(ValuesPath.Of("engineInsightsAgent.postgres.external.enabled"), true).With(ValuesPath.Of("engineInsightsAgent.postgres.external.existingSecretName"), first)
            .With(ValuesPath.Of("polly.postgres.external.enabled"), true).With(ValuesPath.Of("polly.postgres.external.existingSecretName"), second).ToDocument()))
            .Findings.Where(one => one.Id == "Values.SameDatabase").Select(one => one.Key));

    [Theory]
    [InlineData("0.16.11", "hostSecretKey: h, databaseSecretKey: d, passwordSecretKey: p", "", "usernameSecretKey")]
    [InlineData("0.16.11", "hostSecretKey: h, databaseSecretKey: d, passwordSecretKey: p, iamUsername: id", "", "usernameSecretKey")]
    [InlineData("0.16.11", "hostSecretKey: h, databaseSecretKey: d, useSsl: true, iamAuthProvider: aws, iamUsername: id", "", "usernameSecretKey")]
    [InlineData("0.16.11", "hostSecretKey: h, databaseSecretKey: d, passwordSecretKey: p, iamUsername: id", "config: {skipValidation: true}", null)]
    [InlineData("0.16.11", "hostSecretKey: h, databaseSecretKey: d, passwordSecretKey: p", "config: {skipValidation: true}", "usernameSecretKey")]
    [InlineData("0.16.11", "hostSecretKey: h, databaseSecretKey: d, usernameSecretKey: u", "", "passwordSecretKey")]
    [InlineData("0.16.11", "hostSecretKey: h, databaseSecretKey: d, usernameSecretKey: u, useSsl: true, iamAuthProvider: aws", "", null)]
    [InlineData("0.16.11", "hostSecretKey: h, databaseSecretKey: d, usernameSecretKey: u, passwordSecretKey: p", "", null)]
    [InlineData("0.16.0", "hostSecretKey: h, databaseSecretKey: d, usernameSecretKey: u, useSsl: true, iamAuthProvider: aws", "", "passwordSecretKey")]
    [InlineData("0.16.11", "useSsl: true", "", "hostSecretKey, databaseSecretKey, usernameSecretKey, passwordSecretKey")]
    public void Every_key_that_the_chart_requires_of_SmithDB_s_Secret_is_named(string chart, string metastore, string more, string? missing)
    {
        var report = Evaluate($"{Good}smithdb: {{enabled: true, config: {{existingSecretName: s, metastore: {{{metastore}}}}}}}\n{more}\n", chart);

        Assert.Equal(
            missing is null ? [] : new[] { string.Join(", ", missing.Split(", ").Select(key => $"smithdb.config.metastore.{key}")) },
            report.Findings.Where(one => one.Id == "Values.NoConnection").Select(one => one.Message["The connection of SmithDB is not complete: ".Length..].Split(" is not")[0].Split(" are not")[0]));
    }

    [Theory]
    [InlineData("smithdb: {enabled: true, config: {existingSecretName: s}}", false)]
    [InlineData("smithdb: {enabled: true, config: {existingSecretName: s}, langsmith: {migration: {enabled: true}}}", true)]
    [InlineData("smithdb: {enabled: true, config: {existingSecretName: s}, langsmith: {migration: {enabled: true}}, migration: {taskdb: {postgres: {external: {enabled: true, existingSecretName: t}}}}}", false)]
    public void Smithdb_brings_a_PostgreSQL_only_to_migrate(string yaml, bool isTold) => Assert.Equal(
        isTold ? (string[])["Or disable smithdb.migration: set smithdb.langsmith.migration.enabled to false."] : [],
        Evaluate($"{Good}{yaml}\n").Findings.Where(one => one.Id == "Values.OtherDatabase" && one.Key.StartsWith("smithdb", StringComparison.Ordinal)).Select(one => one.Fix!.Text[one.Fix!.Text.IndexOf("Or disable", StringComparison.Ordinal)..]));

    [Theory]
    [InlineData("sslmode=verify-full&sslrootcert=system", true, true)]
    [InlineData("sslmode=verify-full&sslrootcert=system", false, false)]
    public void The_form_that_LangSmith_documents_for_customTls_is_fine_with_it(string query, bool customTls, bool isFine) => Assert.Equal(
        isFine, Evaluate($"postgres: {{external: {{enabled: true, connectionUrl: \"u:p@h/d?{query}\", customTls: {(customTls ? "true" : "false")}}}}}\n").IsValid);

    [Theory]
    [InlineData("0.12.33", "postgres.external.iamAuthProvider was added in chart 0.12.34")]
    [InlineData("0.12.34", null)]
    public void A_key_that_came_later_is_told_with_its_version(string version, string? message)
    {
        var report = Evaluate(Good + "    iamAuthProvider: aws\n", version);

        Assert.Equal(message is null ? [] : new[] { message }, report.Findings.Where(one => one.Id == "Values.UnknownKey").Select(one => one.Message.Split(',')[0]));
        Assert.Equal(message is null, report.Findings.Any(one => one.Id == "Values.IamIdentity"));
    }

    [Theory]
    [InlineData("postgres.external.existingSecretNam", "postgres.external.existingSecretName")]
    [InlineData("postgres.external.iamProvider", "postgres.external.iamAuthProvider")]
    [InlineData("postgres.external.password2.deep", "postgres.external.password")]
    [InlineData("backend.podSecurityContext", "backend.deployment.podSecurityContext")]
    [InlineData("backend.migrations.labels.deployment.x", null)]
    [InlineData("e2eTest", "backend.e2eTest")]
    [InlineData("postgres.external.config", "config")]
    [InlineData("entirelyDifferent", "")]
    public void The_key_that_was_meant_is_guessed(string path, string? near)
    {
        var yaml = YamlText.Write(HelmValues.Empty.With(ValuesPath.Of(path), "x").ToDocument());
        var fixes = Evaluate(yaml).Findings.Where(one => one.Id == "Values.UnknownKey").Select(one => one.Fix?.Text).ToList();

        Assert.Equal(near is null ? [] : [near.Length == 0 ? "Remove it, or check its spelling and indentation." : $"Did you mean {near}?"], fixes);
    }

    [Fact]
    public void A_later_file_wins_and_a_null_takes_away()
    {
        var first = Read("first.yaml", "postgres:\n  external:\n    enabled: true\n    connectionUrl: u:p@h/d\ncommonEnv:\n  - name: POSTGRES_TLS\n");
        var second = Read("second.yaml", "postgres:\n  external:\n    connectionUrl: null\n    existingSecretName: pg\ncommonEnv: []\n");
        var both = ValuesLint.Evaluate([first, second], LintChart.Of(new(Newest)));
        var alone = ValuesLint.Evaluate([second], LintChart.Of(new(Newest)));

        Assert.DoesNotContain(both.Findings, one => one.Id is "Values.ShadowedConnection" or "Values.NoSslMode" or "Values.RepeatedVariable" or "Values.NotExternal");
        Assert.Contains(alone.Findings, one => one is { Id: "Values.NotExternal", Path: "second.yaml" });
        Assert.Contains(ValuesLint.Evaluate([second, first], LintChart.Of(new(Newest))).Findings, one => one is { Id: "Values.RepeatedVariable", Path: "first.yaml" });
    }

    [Theory]
    [InlineData("ENC[AES256_GCM,data:x]")]
    [InlineData("${PG_URL}")]
    [InlineData("ref+vault://secret/pg#url")]
    [InlineData("$PG_URL")]
    [InlineData("u:$PG_PASSWORD@h/d")]
    [InlineData("$(PG_URL)")]
    [InlineData("#{PG_URL}#")]
    [InlineData("__PG_URL__")]
    [InlineData("u:{{ .Values.password }}@h/d")]
    public void What_another_tool_fills_in_is_not_judged(string placeholder)
    {
        var file = Read("v.yaml", $"postgres:\n  external:\n    enabled: true\n    connectionUrl: \"{placeholder}\"\n") with { IsVersioned = true };

        var findings = ValuesLint.Evaluate([file], LintChart.Of(new(Newest))).Findings;
        Assert.DoesNotContain(findings, one => one.Id is "Values.ConnectionUrl" or "Values.ClearText" or "Values.NoSslMode");
        Assert.Equal((FindingStatus.Unknown, 4), (findings.Single(one => one.Id == "Values.Placeholder").Status, findings.Single(one => one.Id == "Values.Placeholder").Line));
    }

    [Fact]
    public void A_password_under_version_control_is_told_and_never_shown()
    {
        var file = Read("v.yaml", "postgres:\n  external:\n    enabled: true\n    connectionUrl: u:N33dle@h/d\n    password: 'N33dle#'\n");

        Assert.DoesNotContain(ValuesLint.Evaluate([file], LintChart.Of(new(Newest))).Findings, one => one.Id == "Values.ClearText");
        var findings = ValuesLint.Evaluate([file with { IsVersioned = true }], LintChart.Of(new(Newest))).Findings;
        Assert.Equal(2, findings.Count(one => one.Id == "Values.ClearText"));
        Assert.DoesNotContain("N33dle", string.Join('\n', findings.Select(one => $"{one} {one.Why} {one.Fix} {one.GetRepair()}")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Client + "    iamAuthProvider: Azure\nbackend: {serviceAccount: {annotations: {azure.workload.identity/client-id: 11111111-2222-3333-4444-555555555555}}}\ncommonLabels: {x: on}\n")]
    [InlineData(Parts + "    password: p@s/s:w#\n")]
    [InlineData("postgres:\n  external:\n    host: db\n    user: sa@project.iam\n")]
    public void What_can_be_mended_is_gone_afterwards(string yaml)
    {
        var before = Evaluate(yaml).Findings.Where(one => one.CanFix).ToList();
        Assert.NotEmpty(before);

        var mended = ValuesEditor.Apply(yaml, before.Aggregate(HelmValues.Empty, (all, one) => all.With(one.GetRepair()!))).Text;

        var after = Evaluate(mended).Findings;
        Assert.DoesNotContain(after, one => before.Any(old => (old.Id, old.Key) == (one.Id, one.Key)));
        Assert.DoesNotContain(after, one => one.CanFix);
    }

    [Fact]
    public void The_charts_own_values_are_fine()
    {
        var folder = Environment.GetEnvironmentVariable("LANGSMITH_CHART_VALUES");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "LANGSMITH_CHART_VALUES names no folder with values files of the chart.");
        foreach (var path in Directory.GetFiles(folder!, "*.yaml"))
        {
            var text = File.ReadAllText(path);
            var version = new ChartVersion(Path.GetFileNameWithoutExtension(path));
            foreach (var chart in new[] { LintChart.Of(version), LintChart.From(version, new Dictionary<string, string>(), Yaml.Charts.ChartYaml.ReadValues(text)) })
            {
                Assert.Equal(["Values.NotExternal"], ValuesLint.Evaluate([Read(path, text)], chart).Findings.Select(one => one.Id));
            }
        }
    }

    [Fact]
    public void Whatever_stands_in_a_file_is_judged_and_every_repair_can_be_written()
    {
        var values = RandomFiles.Any.SelectMany(text => RandomEdits.For(Root(text)).Select(edits => (text, edits)));
        values.Sample(
            one =>
            {
                ValuesReport report;
                string text;
                try
                {
                    // Keys of the chart among others.
                    text = ValuesEditor.Apply(one.text, one.edits).Text;
                    report = Evaluate(text);
                }
                catch (FileEditException)
                {
                    return;
                }

                Assert.All(report.Findings, finding => Assert.True(finding.Line >= 1 && finding.Column >= 1 && finding.Message.Length > 0));
                foreach (var finding in report.Findings.Where(finding => finding.CanFix))
                {
                    // Behind anchors and tags nothing is mended; anything else is.
                    var problem = Record.Exception(() => Assert.NotEmpty(ValuesEditor.Apply(text, finding.GetRepair()!).Changes));
                    Assert.True(
                        problem is null or FileEditException { Kind: FileProblemKind.SharedPlace or FileProblemKind.Tagged or FileProblemKind.DuplicateKey or FileProblemKind.OpenBlock },
                        $"{finding}: {problem}");
                }
            },
            iter: 1500, threads: 1);
    }

    [Fact]
    public void A_chart_of_its_own_says_which_keys_there_are()
    {
        var templates = new Dictionary<string, string> { ["x.yaml"] = "{{- with .Values.newThing.selector }}{{ toYaml . }}{{ end }} {{ .Values.newThing.size }}" };
        var chart = LintChart.From(new("9.0.0"), templates, Yaml.Charts.ChartYaml.ReadValues("newThing: {selector: {a: b}, mode: x}\npostgres: {external: {enabled: false, existingSecretName: ''}}\n"));

        var report = ValuesLint.Evaluate([Read("v.yaml", Good + "newThing: {selector: {any: thing}, size: 3, mod: x}\n")], chart);

        Assert.Equal(("newThing.mod", "Did you mean newThing.mode?"), Assert.Single(report.Findings, one => one.Id == "Values.UnknownKey") is var one ? (one.Key, one.Fix) : default);
    }

    static YamlDotNet.RepresentationModel.YamlNode? Root(string text)
    {
        var stream = new YamlDotNet.RepresentationModel.YamlStream();
        try
        {
            stream.Load(new StringReader(text.TrimStart('\uFEFF')));
        }
        catch (YamlDotNet.Core.YamlException)
        {
            return null;
        }

        return stream.Documents.Count == 0 ? null : stream.Documents[0].RootNode;
    }

    static ValuesPath External(params string[] keys) => new(["postgres", "external", .. keys]);

    static ValuesFile Read(string path, string text) => ValuesFileReader.Read(path, text);

    static ValuesReport Evaluate(string yaml, string version = Newest) => ValuesLint.Evaluate([Read("values.yaml", yaml)], LintChart.Of(new(version)));
}
