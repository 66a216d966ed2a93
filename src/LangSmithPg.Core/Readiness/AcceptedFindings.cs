using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Findings;

namespace LangSmithPg.Readiness;

/// <summary>Findings that somebody accepts as they are: they do not count, and are shown as accepted.</summary>
sealed class AcceptedFindings(IReadOnlyList<AcceptedFinding> entries)
{
    const string Rehearsal = "Rehearsal.";

    readonly HashSet<AcceptedFinding> _matched = [];
    readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    readonly HashSet<string> _targets = new(StringComparer.Ordinal);

    /// <summary>Nothing is accepted.</summary>
    public static AcceptedFindings None { get; } = new([]);

    /// <summary>Marks the findings of a report that are accepted. In a database that was not checked, nothing is.</summary>
    /// <param name="report">The report, with all its findings.</param>
    /// <param name="today">The day, in UTC.</param>
    public ReadinessReport Apply(ReadinessReport report, DateOnly today)
    {
        List<AcceptedFinding> own = report.IsUnchecked ? [] : [.. entries.Where(entry => entry.IsForTarget(report.Target))];
        if (own.Count == 0)
        {
            return report;
        }

        List<Finding> findings = [.. report.Findings.Select(finding => Apply(finding, own, today))];
        var accepted = findings.Where(finding => finding.Accepted is not null).Select(finding => finding.Id).ToHashSet(StringComparer.Ordinal);
        // Whoever accepts a cause has not accepted what follows from it: that is a problem of its own then.
        return report.WithFindings([.. findings.Select(finding => finding.CausedBy is { } cause && accepted.Contains(cause) ? finding with { CausedBy = null } : finding)]);
    }

    /// <summary>Notes which entries a report needs.</summary>
    /// <param name="report">The report, with all its findings.</param>
    public void Observe(ReadinessReport report)
    {
        _targets.Add(report.Target);
        _ids.UnionWith(report.Findings.Select(finding => finding.Id));
        // What a database that was not checked would have, is not known.
        _matched.UnionWith(entries.Where(entry => entry.IsForTarget(report.Target) && (report.IsUnchecked || report.Findings.Any(finding => entry.IsForId(finding.Id)))));
    }

    /// <summary>What to say of the entries that no report needs, such as misspelled ones.</summary>
    public IEnumerable<string> Unmatched() => _targets.Count == 0 ? [] : entries.Where(entry => !_matched.Contains(entry) && !IsOfRehearsal(entry)).Select(Explain);

    // A file serves checks with and without a rehearsal.
    bool IsOfRehearsal(AcceptedFinding entry) => entry.Id.StartsWith(Rehearsal, StringComparison.OrdinalIgnoreCase) && !_ids.Any(id => id.StartsWith(Rehearsal, StringComparison.Ordinal));

    string Explain(AcceptedFinding entry) => _targets.Any(entry.IsForTarget)
        ? $"{entry.Place}: no finding has the id {entry.Id}.{Guess(entry.Id, _ids.Where(id => id != AcceptedFinding.NeverAccepted))}"
        : $"{entry.Place}: no tested database has the target {entry.Target}.{Guess(entry.Target, _targets)}";

    static string Guess(string text, IEnumerable<string> known) => Nearest.To(text, known) is { } near ? $" Did you mean {near}?" : "";

    static Finding Apply(Finding finding, IReadOnlyList<AcceptedFinding> entries, DateOnly today)
    {
        var latest = finding.Status <= FindingStatus.Pass
            ? null
            : entries.Where(entry => entry.IsForId(finding.Id)).MaxBy(entry => entry.Until ?? DateOnly.MaxValue);
        return latest switch
        {
            null => finding,
            { Until: { } end } when !latest.Holds(today) => finding with
            {
                Message = $"{finding.Message} Its acceptance expired on {end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}: {VisibleText.Line(latest.Reason)}",
            },
            _ => finding with { Accepted = latest.Acceptance },
        };
    }
}
