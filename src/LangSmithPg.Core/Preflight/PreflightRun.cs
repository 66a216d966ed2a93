using System.Text.Json;
using LangSmithPg.Readiness;
using LangSmithPg.Reports;

namespace LangSmithPg.Preflight;

/// <summary>What one run of a preflight left in a log.</summary>
sealed class PreflightRun
{
    const int Format = 1;

    readonly int _format;
    readonly SortedDictionary<int, string> _pieces = [];

    internal PreflightRun(string id, int format, int count) => (Id, _format, Count) = (id, format, count);

    /// <summary>What tells it from other runs.</summary>
    public string Id { get; }

    /// <summary>Of how many pieces it is.</summary>
    public int Count { get; }

    /// <summary>What it found.</summary>
    /// <exception cref="PreflightException">It is incomplete, or was changed on its way.</exception>
    public IReadOnlyList<ReadinessReport> ToReports()
    {
        if (_format != Format)
        {
            throw new PreflightException(
                PreflightProblemKind.PreflightTooNew, $"The log contains a result in format {_format}, but this module reads format {Format}.",
                "Update the module LangSmithPg on this machine.");
        }

        var missing = Enumerable.Range(1, Count).Where(number => !_pieces.ContainsKey(number)).ToList();
        if (missing.Count > 0)
        {
            throw new PreflightException(
                PreflightProblemKind.PreflightIncomplete, $"The result of preflight {Id} is incomplete: {missing.Count} of its {Count} pieces {(missing.Count == 1 ? "is" : "are")} missing. The first missing piece is number {missing[0]}.",
                "After the job is complete, read the whole log, without --tail, --since and --limit-bytes.");
        }

        try
        {
            return [.. JsonReport.Read(string.Concat(_pieces.Values)).Select(report => report with { IsFromPreflight = true })];
        }
        catch (JsonException exception)
        {
            throw new PreflightException(
                PreflightProblemKind.PreflightUnreadable, $"The result of preflight {Id} cannot be read: its text was changed after the pod wrote it.",
                "Read the log with kubectl logs, and pipe the output unchanged.", exception);
        }
    }

    internal void Add(int number, string text) => _pieces[number] = text;
}
