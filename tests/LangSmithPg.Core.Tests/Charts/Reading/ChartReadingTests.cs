using LangSmithPg.Charts;
using LangSmithPg.Charts.Reading;

namespace LangSmithPg.Core.Tests.Charts.Reading;

public sealed class ChartReadingTests
{
    const string Helpers = """
        {{- define "chart.tls" -}}
        {{- if .Values.postgres.external.clientCert.secretName }}- mountPath: /etc/postgres/certs{{ end }}
        {{- end }}
        {{- define "chart.env" }}
        {{- /* {{ end }} of nothing */ -}}
        {{- if true }}
        - name: POSTGRES_DATABASE_URI
        {{- end }}
        {{- end }}
        {{- define "chart.allEnv" }}{{ include "chart.env" . }}{{ end }}
        {{- define "novel.serviceAccountName" }}{{ if .Values.novel.serviceAccount.create }}x{{ end }}{{ end }}
        """;

    const string Novel = """
        {{- define "novelOwn" }}{{ if .Values.not.this }}x{{ end }}{{ end -}}
        {{- if .Values.novel.enabled }}
        {{- $env := concat (include "chart.allEnv" . | fromYamlArray) }}
        {{- if .Values.novel.rollout.enabled }}
        apiVersion: argoproj.io/v1alpha1
        kind: Rollout
        {{- else }}
        apiVersion: apps/v1
        kind: Deployment
        {{- end }}
        metadata:
          name: novel
        spec:
          securityContext: {{ .Values.novel.deployment.podSecurityContext }}
          serviceAccountName: {{ include "novel.serviceAccountName" . }}
          volumeMounts: {{ include "chart.tls" . }}
        {{- end }}
        """;

    const string Account = """
        kind: ServiceAccount
        metadata:
          labels: {{ .Values.novel.deployment.labels }}
          annotations: {{ .Values.novel.serviceAccount.annotations }}
        """;

    const string Sweep = """
        kind: Job
        metadata:
          annotations:
            "helm.sh/hook": post-install, pre-upgrade
        spec:
          securityContext: {{ .Values.backend.sweep.podSecurityContext }}
          env: {{ include "chart.env" . }}
        """;

    [Fact]
    public void A_workload_that_nobody_knew_is_worked_out_of_its_template()
    {
        Dictionary<string, string> templates = new()
        {
            ["_helpers.tpl"] = Helpers, ["novel/deployment.yaml"] = Novel, ["novel/account.yaml"] = Account, ["sweep.yaml"] = Sweep,
            ["other.yaml"] = "kind: Deployment\nmetadata:\n  x: {{ .Values.other.deployment.podSecurityContext }}",
        };
        Dictionary<string, string?> values = new() { ["novel.enabled"] = "true", ["novel.serviceAccount.create"] = "true" };

        var components = ChartReading.FromTemplates(templates, values);

        Assert.Equal(["novel", "backend.sweep"], components.Select(one => one.Name));
        var novel = components[0];
        Assert.Equal((WorkloadKind.Deployment, "novel.enabled", true, true), (novel.Kind, novel.EnabledWhen, novel.HasConnection, novel.MountsClientCertificate));
        Assert.True(novel.OnByDefault);
        Assert.Equal("novel.deployment.labels", novel.Labels.ToString());
        Assert.Equal("novel.serviceAccount.annotations", novel.ServiceAccount.Annotations?.ToString());
        Assert.Equal("novel.deployment.labels", novel.ServiceAccount.Labels?.ToString());
        Assert.True(novel.ServiceAccount.CreatedByDefault);
        Assert.False(novel.IsKnown);
        Assert.Null(novel.NameSuffix);

        var sweep = components[1];
        Assert.Equal((WorkloadKind.Job, "post-install, pre-upgrade", "always", false), (sweep.Kind, sweep.Hook, sweep.EnabledWhen, sweep.MountsClientCertificate));
        Assert.Equal("backend.sweep.podSecurityContext", sweep.PodSecurityContext.ToString());
        Assert.Null(sweep.ServiceAccount.Path);
    }

    [Fact]
    public void Values_show_what_is_known_and_what_looks_like_it()
    {
        Dictionary<string, string?> values = new();
        foreach (var path in (string[])
            [
                "backend", "backend.deployment", "backend.deployment.labels", "backend.serviceAccount", "backend.migrations", "backend.migrations.labels",
                "frontend", "frontend.deployment", "frontend.serviceAccount", "novel", "novel.deployment", "novel.serviceAccount", "half", "half.deployment",
            ])
        {
            values[path] = null;
        }

        var components = ChartReading.FromValues(values);

        Assert.Equal(["backend True", "backend.migrations True", "novel False"], components.Select(one => $"{one.Name} {one.IsKnown}"));
        Assert.Null(components[^1].OnByDefault);
    }

    [Fact]
    public void Templates_that_are_not_closed_do_no_harm() => Assert.Empty(ChartReading.FromTemplates(
        new Dictionary<string, string> { ["a.yaml"] = "{{ if {{ end }} {{ define \"x\" }} kind: Job {{ \"", ["b.yaml"] = "{{ end }}{{ end }}" }, new Dictionary<string, string?>()));
}
