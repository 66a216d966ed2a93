using System.Text.RegularExpressions;

namespace LangSmithPg.Charts.Reading;

/// <summary>Finds in a chart's templates what gets the connection, without rendering them: by the values and helpers that they name.</summary>
sealed partial class ChartTemplates
{
    const string ConnectionMark = "POSTGRES_DATABASE_URI";
    const string CertificateMark = "/etc/postgres/certs";

    readonly IReadOnlyList<(string File, TemplateText Text)> _templates;
    readonly ILookup<string, string> _helpers;

    public ChartTemplates(IReadOnlyDictionary<string, string> templates)
    {
        _templates = [.. templates.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => (file.Key, new TemplateText(file.Value)))];
        _helpers = _templates.SelectMany(one => one.Text.Definitions).ToLookup(one => one.Key, one => one.Value, StringComparer.Ordinal);
    }

    /// <summary>The workloads with the connection or the client certificate, in the order of their files.</summary>
    public IEnumerable<TemplateWorkload> Workloads()
    {
        var (connected, certified) = (Reaching(ConnectionMark), Reaching(CertificateMark));
        return from one in _templates
               let body = one.Text.Body
               let hasConnection = Uses(body, ConnectionMark, connected)
               let hasCertificate = Uses(body, CertificateMark, certified)
               let kind = Kind().Match(body)
               let pod = PodValues().Match(body)
               where (hasConnection || hasCertificate) && kind.Success && pod.Success
               let account = AccountOf(body)
               select new TemplateWorkload(
                   one.File,
                   kind.Groups[1].Value is "Job" or "CronJob" ? WorkloadKind.Job : WorkloadKind.Deployment,
                   pod.Groups[1].Value,
                   TemplateConditionParser.ParseAll(one.Text.ConditionsAt(kind.Groups["metadata"].Index)),
                   Hook().Match(body) is { Success: true } hook ? hook.Groups[1].Value : null,
                   account,
                   account is null ? null : AccountLabels(account),
                   hasConnection,
                   hasCertificate);
    }

    // The account's own template names its annotations, and its labels.
    string? AccountLabels(string account) => _templates
        .SelectMany(one => one.Text.Body.Split("\n---"))
        .Where(text => AccountKind().IsMatch(text) && text.Contains($".Values.{account}.annotations", StringComparison.Ordinal))
        .Select(text => Labels().Match(text)).FirstOrDefault(match => match.Success)?.Groups[1].Value;

    string? AccountOf(string body) => AccountName().Match(body) is { Success: true } name
        ? _helpers[name.Groups[1].Value].Select(helper => AccountValues().Match(helper)).FirstOrDefault(match => match.Success)?.Groups[1].Value
        : null;

    /// <summary>The helpers that hold a mark, or use a helper that does.</summary>
    /// <param name="mark">The mark.</param>
    public HashSet<string> Reaching(string mark)
    {
        HashSet<string> found = [];
        int before;
        do
        {
            before = found.Count;
            found.UnionWith(_helpers.Where(helper => helper.Any(text => Uses(text, mark, found))).Select(helper => helper.Key).ToList());
        }
        while (found.Count > before);
        return found;
    }

    static bool Uses(string text, string mark, HashSet<string> helpers) =>
        text.Contains(mark, StringComparison.Ordinal) || Inclusion().Matches(text).Any(match => helpers.Contains(match.Groups[1].Value));

    [GeneratedRegex(@"\b(?:include|template)\s+""([^""]+)""")]
    private static partial Regex Inclusion();

    // What may stand between: the end of a choice between a Rollout and a Deployment.
    [GeneratedRegex(@"^kind:\s*(Deployment|StatefulSet|Job|CronJob)\s*$(?:\s*\{\{-?\s*end\s*-?\}\})?\s*^(?<metadata>metadata:)", RegexOptions.Multiline)]
    private static partial Regex Kind();

    [GeneratedRegex(@"^kind:\s*ServiceAccount\s*$", RegexOptions.Multiline)]
    private static partial Regex AccountKind();

    [GeneratedRegex(@"\.Values\.([\w.]+)\.podSecurityContext\b")]
    private static partial Regex PodValues();

    [GeneratedRegex(@"\.Values\.([\w.]+\.labels)\b")]
    private static partial Regex Labels();

    [GeneratedRegex(@"helm\.sh/hook""?:\s*""?([a-z, -]+?)""?\s*$", RegexOptions.Multiline)]
    private static partial Regex Hook();

    [GeneratedRegex(@"serviceAccountName:\s*\{\{-?\s*include\s+""([^""]+)""")]
    private static partial Regex AccountName();

    [GeneratedRegex(@"\.Values\.([\w.]+\.serviceAccount)\.create\b")]
    private static partial Regex AccountValues();
}
