using System.Text.RegularExpressions;
using LangSmithPg.CatalogueTool.Sources;
using LangSmithPg.Charts.Data;
using LangSmithPg.Charts.Reading;

namespace LangSmithPg.CatalogueTool.Facts;

/// <summary>The pods of one version without LangSmith's connection, each with the variables that lead it to another PostgreSQL.</summary>
static partial class OtherPods
{
    const string Metastore = "__METASTORE__";

    public static IReadOnlyList<PodData> Of(SourceChart chart)
    {
        var templates = new ChartTemplates(chart.Templates);
        var connected = templates.Workloads().Where(one => one.HasConnection).Select(one => one.Template).ToHashSet(StringComparer.Ordinal);
        var helpers = templates.Reaching(Metastore);
        return
        [
            .. from template in chart.Templates.OrderBy(one => one.Key, StringComparer.Ordinal)
               where !connected.Contains(template.Key)
               let body = new TemplateText(template.Value).Body
               let kind = Kind().Match(body)
               where kind.Success
               let name = ObjectName.Of(body, kind.Index, chart.Values)
               // Left out: a name that the chart computes anew each time, and the server that it brings for LangSmith itself.
               where name is not null && name != chart.Values.Text("postgres.name")
               select new PodData(name, chart.Version, [.. Variables(body, helpers).Distinct().Order(StringComparer.Ordinal)]),
        ];
    }

    // A group of variables is one entry. Where a helper writes them, only the name of the service differs.
    static IEnumerable<string> Variables(string body, HashSet<string> helpers) =>
    [
        .. Single().Matches(body).Select(match => match.Value),
        .. Group().Matches(body).Select(match => $"{match.Groups["group"].Value}*"),
        .. Service().Matches(body).Where(match => helpers.Contains(match.Groups["helper"].Value)).Select(match => $"SMITHDB_{match.Groups["service"].Value}{Metastore}*"),
    ];

    [GeneratedRegex(@"^kind:\s*(Deployment|StatefulSet|DaemonSet|Job|CronJob)\s*$", RegexOptions.Multiline)]
    private static partial Regex Kind();

    [GeneratedRegex(@"\b(POSTGRES_(DB|USER|PASSWORD)|DATABASE_(USERNAME|USE_SSL))\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Single();

    [GeneratedRegex(@"\b(?<group>SMITHDB_\w+?__(METASTORE|TASKDB)__)\w+", RegexOptions.ExplicitCapture)]
    private static partial Regex Group();

    [GeneratedRegex(@"\binclude\s+""(?<helper>[^""]+)""\s+\(dict\b[^()]*""service""\s+""(?<service>\w+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Service();
}
