using System.Text.RegularExpressions;
using CsCheck;
using LangSmithPg.Charts;
using LangSmithPg.Connections;
using LangSmithPg.Helm;
using LangSmithPg.Helm.Editing;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Iam;
using LangSmithPg.Readiness;
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

    static readonly PgConnectionString Connection = PgConnectionString.Parse("u@db.example.com/langsmith?sslmode=verify-full").Require();

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
    public void A_mistake_is_found_where_it_stands(string yaml, string id, FindingStatus status, int line, int column)
    {
        var finding = Assert.Single(Judge(yaml).Findings, one => one.Id == id && (one.Id != "Values.OtherDatabase" || one.Key.StartsWith("polly", StringComparison.Ordinal)));
        Assert.Equal((status, line, column), (finding.Status, finding.Line, finding.Column));
        Assert.NotNull(finding.Fix);
    }

    [Theory]
    [InlineData("0.15.17", "insights", "insights.enabled", "polly.enabled")]
    [InlineData("0.16.11", "engineInsightsAgent", "insights.enabled", "polly.enabled")]
    [InlineData("0.17.0-rc.12", "engineInsightsAgent", "insights.enabled", "polly.enabled")]
    public void What_is_warned_of_in_values_that_name_the_database_alone_goes_when_the_fix_is_done(string version, string agent, params string[] switches)
    {
        var findings = Judge(Good, version).Findings;
        Assert.Equal([$"{agent}.postgres.external.enabled", "polly.postgres.external.enabled"], findings.Select(one => one.Key).Order(StringComparer.Ordinal));
        var fixes = findings.Select(one => Assert.IsType<string>(one.Fix)).ToList();

        var off = fixes.Select(fix => Regex.Match(fix, "set ([a-z.]+) to false").Groups[1].Value).ToList();
        Assert.Equal(switches, off.Order(StringComparer.Ordinal));
        Assert.Empty(Judge(Merged(off.Select(path => (path, "false"))), version).Findings);

        var named = fixes.Select(fix => Regex.Match(fix, "Set ([A-Za-z.]+) to true and ([A-Za-z.]+) to the name of a Secret").Groups);
        Assert.Empty(Judge(Merged(named.SelectMany(one => ((string, string)[])[(one[1].Value, "true"), (one[2].Value, $"pg-{one[1].Length}")])), version).Findings);

        string Merged(IEnumerable<(string Path, string Value)> values) => ValuesEditor.Apply(Good, values.Aggregate(
            HelmValues.Empty, (all, one) => bool.TryParse(one.Value, out var flag) ? all.With(ValuesPath.Of(one.Path), flag) : all.With(ValuesPath.Of(one.Path), one.Value))).Text;
    }

    [Fact]
    public void A_part_that_two_switches_turn_on_is_switched_off_by_those_that_are_on() => Assert.Contains(
        "set insights.enabled and engine.enabled to false",
        Judge(Good + "engine:\n  enabled: true\n").Findings.Single(one => one.Key.StartsWith("engineInsightsAgent", StringComparison.Ordinal)).Fix, StringComparison.Ordinal);

    [Fact]
    public void An_account_that_several_pods_share_is_told_once()
    {
        const string Annotation = "iam.gke.io/gcp-service-account";
        const string Iam = Good + "    iamAuthProvider: gcp\n";
        string Message(string yaml) => Judge(yaml).Findings.Single(one => one.Id == "Values.IamIdentity").Message;

        var names = Message(Iam)["The service accounts of ".Length..].Split(" have ")[0].Split(", ");
        Assert.Contains("backend", names);
        Assert.DoesNotContain(names, name => name.StartsWith("backend.", StringComparison.Ordinal));

        var others = names.Where(name => name != "backend").Aggregate(
            HelmValues.Empty, (all, name) => all.With(ValuesPath.Of($"{name}.serviceAccount.annotations").Below(Annotation), "a@p.iam.gserviceaccount.com"));
        Assert.Equal($"The service account of backend has no annotation {Annotation}.", Message(Iam + YamlText.Write(others.ToDocument())));
    }

    [Fact]
    public void What_slipped_into_the_place_of_a_provider_is_not_told() => Assert.DoesNotContain(
        "N33dle", string.Join('\n', Judge(Good + "    iamAuthProvider: app:N33dle@db:5432/app\n").Findings.Select(one => $"{one} {one.Why} {one.Fix}")), StringComparison.Ordinal);

    [Fact]
    public void Two_databases_that_are_one_are_found_however_they_are_written()
    {
        var report = Judge(
            """
            postgres: {external: {enabled: true, connectionUrl: "u:p@DB.example.com/langsmith?sslmode=require"}}
            polly: {postgres: {external: {enabled: true, connectionUrl: "postgresql://x:y@db.example.com.:5432/langsmith"}}}
            fleet: {postgres: {external: {enabled: true, host: db.example.com, database: fleet}}}
            """);

        Assert.Equal("polly.postgres.external.connectionUrl", Assert.Single(report.Findings, one => one.Id == "Values.SameDatabase").Key);
    }

    [Theory]
    [InlineData("0.12.33", "postgres.external.iamAuthProvider came with chart 0.12.34")]
    [InlineData("0.12.34", null)]
    public void A_key_that_came_later_is_told_with_its_version(string version, string? message)
    {
        var report = Judge(Good + "    iamAuthProvider: aws\n", version);

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
        var fixes = Judge(yaml).Findings.Where(one => one.Id == "Values.UnknownKey").Select(one => one.Fix).ToList();

        Assert.Equal(near is null ? [] : [near.Length == 0 ? "Take it out, or check its spelling and indentation." : $"Did you mean {near}?"], fixes);
    }

    [Fact]
    public void A_later_file_wins_and_a_null_takes_away()
    {
        var first = Read("first.yaml", "postgres:\n  external:\n    enabled: true\n    connectionUrl: u:p@h/d\ncommonEnv:\n  - name: POSTGRES_TLS\n");
        var second = Read("second.yaml", "postgres:\n  external:\n    connectionUrl: null\n    existingSecretName: pg\ncommonEnv: []\n");
        var both = ValuesLint.Judge([first, second], LintChart.Of(new(Newest)));
        var alone = ValuesLint.Judge([second], LintChart.Of(new(Newest)));

        Assert.DoesNotContain(both.Findings, one => one.Id is "Values.ShadowedConnection" or "Values.NoSslMode" or "Values.RepeatedVariable" or "Values.NotExternal");
        Assert.Contains(alone.Findings, one => one is { Id: "Values.NotExternal", Path: "second.yaml" });
        Assert.Contains(ValuesLint.Judge([second, first], LintChart.Of(new(Newest))).Findings, one => one is { Id: "Values.RepeatedVariable", Path: "first.yaml" });
    }

    [Theory]
    [InlineData("ENC[AES256_GCM,data:x]")]
    [InlineData("${PG_URL}")]
    [InlineData("ref+vault://secret/pg#url")]
    public void What_another_tool_fills_in_is_not_judged(string placeholder)
    {
        var file = Read("v.yaml", $"postgres:\n  external:\n    enabled: true\n    connectionUrl: \"{placeholder}\"\n") with { IsVersioned = true };

        Assert.DoesNotContain(ValuesLint.Judge([file], LintChart.Of(new(Newest))).Findings, one => one.Id is "Values.ConnectionUrl" or "Values.ClearText" or "Values.NoSslMode");
    }

    [Fact]
    public void A_password_under_version_control_is_told_and_never_shown()
    {
        var file = Read("v.yaml", "postgres:\n  external:\n    enabled: true\n    connectionUrl: u:N33dle@h/d\n    password: 'N33dle#'\n");

        Assert.DoesNotContain(ValuesLint.Judge([file], LintChart.Of(new(Newest))).Findings, one => one.Id == "Values.ClearText");
        var findings = ValuesLint.Judge([file with { IsVersioned = true }], LintChart.Of(new(Newest))).Findings;
        Assert.Equal(2, findings.Count(one => one.Id == "Values.ClearText"));
        Assert.DoesNotContain("N33dle", string.Join('\n', findings.Select(one => $"{one} {one.Why} {one.Fix} {one.GetRepair()}")), StringComparison.Ordinal);
    }

    public static TheoryData<string> AllReleases => [.. ChartCatalogue.Releases.Where(one => one.Features.Contains(ChartFeature.IamAuthProvider)).Select(one => one.To.ToString())];

    [Theory]
    [MemberData(nameof(AllReleases))]
    public void Values_of_this_module_are_fine(string version)
    {
        var release = ChartCatalogue.For(new(version));
        foreach (var identity in new[]
        {
            WorkloadIdentity.Aws("arn:aws:iam::123456789012:role/langsmith"), WorkloadIdentity.Gcp("langsmith@project.iam.gserviceaccount.com"),
            WorkloadIdentity.Azure("11111111-2222-3333-4444-555555555555"),
        })
        {
            var connection = Connection.With(identity.Provider, schema: null).Require();
            var values = PodSecurityValues.ForAll(ConnectionValues.ForSecret(connection, "pg").With(External("clientCert", "secretName"), "client"), 1000);
            foreach (var whole in new[] { IamValues.ForComponents(values, identity, release.Components), IamValues.ForAll(values, identity, release.Components) })
            {
                // An account that the chart makes without values is reached by the short form alone.
                var expected = whole.Entries.Any(entry => entry.Path.Keys[0] == "commonAnnotations") || release.Components.All(one => one.ServiceAccount.Annotations is not null || one.OnByDefault != true)
                    ? FindingStatus.Warning : FindingStatus.Fail;
                var report = ValuesLint.Judge([Read("v.yaml", YamlText.Write(whole.ToDocument()))], LintChart.Of(new(version)));
                Assert.True(report.Status <= expected, string.Join('\n', report.Findings));
                Assert.DoesNotContain(report.Findings, one => one.Id is "Values.IamIdentity" or "Values.UnknownKey");
            }
        }
    }

    [Theory]
    [InlineData(Client + "    iamAuthProvider: Azure\nbackend: {serviceAccount: {annotations: {azure.workload.identity/client-id: 11111111-2222-3333-4444-555555555555}}}\ncommonLabels: {x: on}\n")]
    [InlineData(Parts + "    password: p@s/s:w#\n")]
    [InlineData("postgres:\n  external:\n    host: db\n    user: sa@project.iam\n")]
    public void What_can_be_mended_is_gone_afterwards(string yaml)
    {
        var before = Judge(yaml).Findings.Where(one => one.CanFix).ToList();
        Assert.NotEmpty(before);

        var mended = ValuesEditor.Apply(yaml, before.Aggregate(HelmValues.Empty, (all, one) => all.With(one.GetRepair()!))).Text;

        var after = Judge(mended).Findings;
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
                Assert.Equal(["Values.NotExternal"], ValuesLint.Judge([Read(path, text)], chart).Findings.Select(one => one.Id));
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
                    report = Judge(text);
                }
                catch (ValuesEditException)
                {
                    return;
                }

                Assert.All(report.Findings, finding => Assert.True(finding.Line >= 1 && finding.Column >= 1 && finding.Message.Length > 0));
                foreach (var finding in report.Findings.Where(finding => finding.CanFix))
                {
                    // Behind anchors and tags nothing is mended; anything else is.
                    var problem = Record.Exception(() => Assert.NotEmpty(ValuesEditor.Apply(text, finding.GetRepair()!).Changes));
                    Assert.True(
                        problem is null or ValuesEditException { Kind: ValuesProblemKind.SharedPlace or ValuesProblemKind.Tagged or ValuesProblemKind.DuplicateKey or ValuesProblemKind.OpenBlock },
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

        var report = ValuesLint.Judge([Read("v.yaml", Good + "newThing: {selector: {any: thing}, size: 3, mod: x}\n")], chart);

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

    static ValuesReport Judge(string yaml, string version = Newest) => ValuesLint.Judge([Read("values.yaml", yaml)], LintChart.Of(new(version)));
}
