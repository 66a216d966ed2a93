using System.Text;
using LangSmithPg.Findings;

namespace LangSmithPg.Core.Tests.Readiness.Snapshots;

/// <summary>Every word of the findings: <c>findings.txt</c>, the first situations in full, the others as far as they differ from the usual.</summary>
public sealed class FindingSnapshotTests
{
    [Fact]
    public void Every_finding_reads_as_it_should() => SnapshotFile.AssertIs("Readiness/Snapshots/findings.txt", Describe());

    static string Describe()
    {
        var text = new StringBuilder();
        HashSet<string> told = [];
        foreach (var situation in Situations.All)
        {
            var usual = situation.Usual.Where(finding => told.Contains(finding.Id)).ToDictionary(finding => finding.Id);
            told.UnionWith(situation.Findings.Select(finding => finding.Id));
            text.Append("## ").Append(situation.Title).Append('\n');
            foreach (var finding in situation.Findings)
            {
                text.Append(Describe(finding, usual.GetValueOrDefault(finding.Id)));
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    static string Describe(Finding finding, Finding? usual)
    {
        var text = new StringBuilder();
        Add("evidence", finding.Evidence, usual?.Evidence);
        Add("why", finding.Why, usual?.Why);
        Add(finding.Fix is { Kind: var kind } ? $"fix ({kind})" : "fix", finding.Fix?.Text, usual?.Fix?.Text);
        Add("source", finding.Source?.ToString(), usual?.Source?.ToString());
        var head = $"{finding.Status} {finding.Id}: {finding.Message}\n";
        return text.Length == 0 && usual is not null && head == $"{usual.Status} {usual.Id}: {usual.Message}\n" ? "" : $"{head}{text}";

        void Add(string name, string? value, string? usual)
        {
            if (value != usual)
            {
                text.Append("    ").Append(name).Append(": ").Append(value?.ReplaceLineEndings("\n        ") ?? "(none)").Append('\n');
            }
        }
    }
}
