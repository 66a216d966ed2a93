using System.Text.RegularExpressions;
using LangSmithPg.CatalogueTool.Sources;
using LangSmithPg.Charts;
using LangSmithPg.Charts.Data;
using LangSmithPg.Charts.Reading;

namespace LangSmithPg.CatalogueTool.Facts;

/// <summary>The workloads of one version that get the connection to LangSmith's PostgreSQL, or mount its client certificate.</summary>
static partial class Workloads
{
    const string OwnAccount = ".serviceAccount";
    const string Pod = ".deployment";

    /// <summary>Each with one variant, which says everything.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="existing">What an installation has to set anyhow, and which workloads make Helm fail: only rendering shows that.</param>
    public static IReadOnlyList<WorkloadData> Of(SourceChart chart, CatalogueData existing)
    {
        var demanded = existing.RequiredToRender.Where(one => one.Holds(chart.Version))
            .Select(one => one.Name.Split('=')).Where(parts => parts.Length == 2).ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
        var broken = existing.BrokenOptions.Where(one => one.Holds(chart.Version)).Select(one => one.Name).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. new ChartTemplates(chart.Templates).Workloads()
                .Select(one => Read(one, chart, path => demanded.GetValueOrDefault(path) ?? chart.Values.Text(path)))
                .Where(one => !broken.Contains($"{one.Path}.enabled=true")),
        ];
    }

    /// <summary>The owner of the account that a workload runs as, unless it says otherwise.</summary>
    public static string UsualAccount(string path, WorkloadKind kind) => kind == WorkloadKind.Deployment ? path : "backend";

    static WorkloadData Read(TemplateWorkload one, SourceChart chart, Func<string, string?> valueOf)
    {
        var path = one.PodValues.EndsWith(Pod, StringComparison.Ordinal) ? one.PodValues[..^Pod.Length] : one.PodValues;
        var body = new TemplateText(chart.Templates[one.Template]).Body;
        var account = one.Account is null ? "" : one.Account[..^OwnAccount.Length];
        var hasCommonAnnotations = body.Contains(".commonPodAnnotations", StringComparison.Ordinal);
        return new(
            path,
            one.Kind,
            ObjectName.Of(body, body.IndexOf("\nmetadata:", StringComparison.Ordinal), chart.Values) ?? throw Unknown("the name of its object"),
            one.Template,
            [
                new(
                    chart.Version,
                    $"{one.Condition}",
                    one.Condition.Holds(valueOf) ?? throw Unknown($"its condition ({one.Condition})"),
                    one.Hook is { } hook ? string.Join(", ", hook.Split(',', StringSplitOptions.TrimEntries)) : null,
                    account,
                    account.Length == 0 || chart.Values.Text($"{one.Account}.create") == "true"),
            ],
            Connection: one.HasConnection,
            Annotations: Annotations(body, one.PodValues),
            AccountLabels: one.AccountLabels?[(account.Length + 1)..].Split('.')[0] is { } map && map != Pod[1..] ? map : null,
            CommonPodAnnotations: hasCommonAnnotations == (one.Kind == WorkloadKind.Deployment) ? null : hasCommonAnnotations,
            OwnDatabase: path.Split('.') is [var product, _] && chart.Values.Has($"{product}.postgres.external") ? $"{product}.postgres" : null);

        InvalidDataException Unknown(string what) => new($"{one.Template} of {chart.Version}: {what} has a form that this tool does not know.");
    }

    // The key whose annotations reach the pods, where it is not the usual one.
    static string? Annotations(string body, string podValues) =>
        PodAnnotations().Matches(body).Any(match => match.Groups["path"].Value == podValues) ? "podAnnotations" : null;

    [GeneratedRegex(@"\.Values\.(?<path>[\w.]+)\.podAnnotations\b")]
    private static partial Regex PodAnnotations();
}
