using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LangSmithPg.Common;
using LangSmithPg.Findings;

namespace LangSmithPg.Reports.Sarif;

/// <summary>
/// Writes what needs attention as SARIF 2.1.0. Passes are left out: GitHub and Azure DevOps show every result as an alert, and close
/// the alert when its result is gone.
/// </summary>
static class SarifReport
{
    const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    static readonly SarifContext Context = new(new(SarifContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static string Write(string title, string moduleVersion, IReadOnlyList<Issue> issues)
    {
        List<IGrouping<string, Issue>> rules = [.. issues.GroupBy(issue => VisibleText.Line(issue.Id), StringComparer.Ordinal)];
        var places = rules.Select((rule, index) => (rule.Key, index)).ToDictionary(one => one.Key, one => one.index, StringComparer.Ordinal);
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        SarifLog log = new(Schema, "2.1.0",
        [
            new(
                new(new("LangSmithPg", moduleVersion, moduleVersion, Requirements.Documentation.AbsoluteUri, [.. rules.Select(Rule)])),
                // Without an id: the category that a pipeline gives the file would not count.
                new(Text(title)),
                "utf16CodeUnits",
                [.. issues.Select(issue => Result(issue, places[VisibleText.Line(issue.Id)], seen))]),
        ]);
        return JsonSerializer.Serialize(log, Context.SarifLog).ReplaceLineEndings("\n") + "\n";
    }

    static SarifRule Rule(IGrouping<string, Issue> rule)
    {
        var first = rule.First();
        var summary = $"{(first.Place is null ? "PostgreSQL for LangSmith" : "Helm values for LangSmith")}: {rule.Key}";
        var why = rule.Select(issue => issue.Why).FirstOrDefault(why => !string.IsNullOrEmpty(why)) ?? summary;
        return new(
            rule.Key,
            Text(summary),
            Text(why),
            Text($"{why}\nGet-Help about_LangSmithPg_Findings explains {rule.Key}."),
            rule.Select(issue => WebAddress.Of(issue.Source)).FirstOrDefault(source => source is not null) ?? Requirements.Documentation.AbsoluteUri,
            new(Level(rule.Max(issue => issue.Status))));
    }

    static SarifResult Result(Issue issue, int rule, Dictionary<string, int> seen) =>
        new(VisibleText.Line(issue.Id), rule, Level(issue.Status), Text(issue.Text), [Location(issue)], Fingerprints(issue, seen),
            issue.Accepted is { } accepted ? [new("external", "accepted", Text(accepted.ToString()).Text)] : null);

    static SarifLocation Location(Issue issue)
    {
        var subject = VisibleText.Line(issue.Subject);
        SarifLogicalLocation[]? subjects = subject.Length == 0 ? null : [new(subject, subject, issue.Place is null ? "database" : "property")];
        return issue.Place is { } place
            ? new(new(new(ArtifactUri.OfFile(place.Path)), new(Math.Max(1, place.Line), Math.Max(1, place.Column))), subjects)
            : new(new(new(ArtifactUri.OfDatabase(subject)), new(1, 1)), subjects);
    }

    // Without the line and the message: an alert stays the same when lines move above it, or a server says it in other words.
    static Dictionary<string, string> Fingerprints(Issue issue, Dictionary<string, int> seen)
    {
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', issue.Id, issue.Subject, issue.Place?.Path))));
        var times = seen[hash] = seen.GetValueOrDefault(hash) + 1;
        Dictionary<string, string> fingerprints = new() { ["langSmithFinding/v1"] = $"{hash}:{times}" };
        if (issue.Place is null)
        {
            // The only one that GitHub reads. Of a file, it is computed from the text there when the report is uploaded.
            fingerprints["primaryLocationLineHash"] = $"{hash[..16]}:{times}";
        }

        return fingerprints;
    }

    static string Level(FindingStatus status) => status switch
    {
        FindingStatus.Fail => "error",
        FindingStatus.Warning => "warning",
        _ => "note",
    };

    // "[text](address)" would be a link, even in a plain text.
    static SarifText Text(string text) => new(VisibleText.Of(text).Replace("](", "] (", StringComparison.Ordinal));
}
