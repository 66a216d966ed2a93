using LangSmithPg.Charts;
using LangSmithPg.Charts.Reading;
using LangSmithPg.Common;

namespace LangSmithPg.Core.Tests.Charts.Reading;

/// <summary>What a chart's own checks say, in the forms in which they are written.</summary>
public sealed class ChartValidationTests
{
    const string Checks = """
        {{- if not (kindIs "bool" .Values.a.enabled) -}}
        {{- fail "a.enabled must be a boolean." -}}
        {{- end -}}
        {{- if hasKey .Values "gone" -}}
        {{- fail "gone is deprecated. Please use \"here\"." -}}
        {{- end -}}
        {{- if hasKey .Values.config.deployment "key" }}
        {{- fail "Remove it." }}
        {{- end }}
        {{- range $key := list "one" "two" -}}
        {{- if hasKey $.Values.old $key -}}
        {{- fail (printf "old.%s has moved to new.%s." $key $key) -}}
        {{- end -}}
        {{- end -}}
        {{- $services := dict
          "queue" .Values.queue.autoscaling
          "api" .Values.api.autoscaling
        -}}
        {{- range $name, $autoscaling := $services -}}
        {{- if hasKey $autoscaling "type" -}}
        {{- fail (printf "%s.autoscaling.type is deprecated. Please use %s.autoscaling.hpa." $name $name) -}}
        {{- end -}}
        {{- end -}}
        {{- $has := and (hasKey .Values "listener") (hasKey .Values.listener "templates") (not (empty .Values.listener.templates)) -}}
        {{- if $has -}}
        {{- fail "templates have moved." -}}
        {{- end -}}
        {{- if hasKey .Values.a "checked" -}}
        {{- $value := get .Values.a "checked" -}}
        {{- if eq $value "x" -}}{{- fail "Not x." -}}{{- end -}}
        {{- end -}}
        {{- if and (hasKey .Values.a "privileged") (not .Values.a.privileged) -}}{{- fail "Must be true." -}}{{- end -}}
        {{- if hasKey $seen $one -}}{{- fail "Twice." -}}{{- end -}}
        """;

    static readonly ChartValidation Read = new(new Dictionary<string, string> { ["validate.yaml"] = Checks });

    [Fact]
    public void Every_form_of_a_refused_key_is_read_and_no_other_check() => Assert.Equal(
        [
            "api.autoscaling.type: api.autoscaling.type is deprecated. Please use api.autoscaling.hpa.",
            "config.deployment.key: Remove it.",
            "gone: gone is deprecated. Please use \"here\".",
            "listener.templates: templates have moved.",
            "old.one: old.one has moved to new.one.",
            "old.two: old.two has moved to new.two.",
            "queue.autoscaling.type: queue.autoscaling.type is deprecated. Please use queue.autoscaling.hpa.",
        ],
        Read.Refusals.Select(one => $"{one.Path}: {one.Advice}").Order(StringComparer.Ordinal));

    [Fact]
    public void An_empty_value_is_let_through_where_the_check_says_so() =>
        Assert.Equal(["listener.templates"], Read.Refusals.Where(one => one.AllowsEmpty).Select(one => $"{one.Path}"));

    [Fact]
    public void Flags_are_read() => Assert.Equal([ValuesPath.Of("a.enabled")], Read.Flags);

    // Each is a line of the chart's history.
    [Theory]
    [InlineData("0.12.37", "frontend.autoscaling.enabled", null)]
    [InlineData("0.13.0", "frontend.autoscaling.enabled", "frontend.autoscaling.hpa.enabled, frontend.autoscaling.keda.enabled")]
    [InlineData("0.14.6", "agentBuilderToolServer", null)]
    [InlineData("0.15.0", "agentBuilderToolServer", "fleetToolServer")]
    [InlineData("0.15.0", "config.polly", null)]
    [InlineData("0.15.1", "config.polly", "polly")]
    [InlineData("0.15.17", "insights.postgres", null)]
    [InlineData("0.16.0", "insights.postgres", "engineInsightsAgent.postgres")]
    [InlineData("0.15.17", "images.agentBuilderToolServerImage", "images.fleetToolServerImage")]
    [InlineData("0.16.0", "images.agentBuilderToolServerImage", "images.backendImage")]
    [InlineData("0.16.0", "backend.agentBootstrap", "")]
    public void The_catalogue_knows_from_when_on_a_key_is_refused(string version, string path, string? instead)
    {
        var refusal = ChartCatalogue.For(ChartVersion.Parse(version)).Refusals.SingleOrDefault(one => one.Path.Equals(ValuesPath.Of(path)));
        Assert.Equal(instead, refusal is null ? null : string.Join(", ", refusal.Instead));
    }

    // A key that is refused is no key of the chart, and what is in its place is one.
    [Fact]
    public void What_the_catalogue_refuses_is_no_key_and_what_it_advises_is_one() => Assert.All(ChartCatalogue.Versions, version =>
        Assert.All(ChartCatalogue.For(version).Refusals, refusal =>
        {
            Assert.True(refusal.AllowsEmpty || !ChartKeys.Has(refusal.Path, version), $"{refusal.Path} in {version}");
            Assert.All(refusal.Instead, path => Assert.True(ChartKeys.Has(path, version), $"{path} in {version}"));
        }));
}
