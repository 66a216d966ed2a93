using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using LangSmithPg.Connections;
using LangSmithPg.Readiness;
using LangSmithPg.Reports;

namespace LangSmithPg.Moves.Job;

/// <summary>Finds what the pods of a move logged, among other text, and after any prefix on the line.</summary>
static partial class MoveLog
{
    /// <summary>One run for each database, in the order in which they begin. Of several attempts, the log's last one counts.</summary>
    /// <param name="lines">The lines of the log.</param>
    public static IReadOnlyList<MoveRun> Read(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        List<(DatabasePurpose Purpose, string Run, MoveStep Step)> steps = [];
        Dictionary<(DatabasePurpose Purpose, string Kind), Pieces> reports = [];
        foreach (var line in lines)
        {
            if (Phase().Match(line) is { Success: true } phase && ReadStep(phase.Groups["json"].Value) is { } read)
            {
                Add(steps, (read.Purpose, phase.Groups["run"].Value, read.Step));
            }
            else if (Piece().Match(line) is { Success: true } piece && Enum.TryParse<DatabasePurpose>(piece.Groups["purpose"].Value, out var purpose))
            {
                Add(reports, (purpose, piece.Groups["kind"].Value), piece);
            }
        }

        return
        [
            .. steps.GroupBy(one => one.Purpose).Select(group => new MoveRun
            {
                Purpose = group.Key,
                Steps = [.. group.Select(one => one.Step)],
                Check = ReportOf(group.Key, "Check"),
                Comparison = ReportOf(group.Key, "Compare"),
            }),
        ];

        ReadinessReport? ReportOf(DatabasePurpose purpose, string kind) => reports.GetValueOrDefault((purpose, kind))?.Text is { } text ? ReadReport(text) : null;
    }

    static ReadinessReport? ReadReport(string text)
    {
        try
        {
            return JsonReport.Read(text) is [var report] ? report : null;
        }
        catch (JsonException)
        {
            // Changed on its way.
            return null;
        }
    }

    // The end of a phase takes the place of its beginning, and a later attempt that of an earlier one.
    static void Add(List<(DatabasePurpose Purpose, string Run, MoveStep Step)> steps, (DatabasePurpose Purpose, string Run, MoveStep Step) one)
    {
        var index = steps.FindIndex(other => other.Purpose == one.Purpose && other.Step.Name == one.Step.Name);
        if (index < 0)
        {
            steps.Add(one);
        }
        else if (steps[index].Run == one.Run || one.Step.Started >= steps[index].Step.Started)
        {
            // Of one run, the beginning may come late where logs of several containers are mixed.
            if (steps[index].Run != one.Run || one.Step.Status != "Started")
            {
                steps[index] = one;
            }
        }
    }

    static void Add(Dictionary<(DatabasePurpose Purpose, string Kind), Pieces> reports, (DatabasePurpose Purpose, string Kind) key, Match piece)
    {
        var (run, count) = (piece.Groups["run"].Value, int.Parse(piece.Groups["count"].Value, CultureInfo.InvariantCulture));
        if (!reports.TryGetValue(key, out var pieces) || pieces.Run != run)
        {
            reports[key] = pieces = new(run, count);
        }

        pieces.ByNumber[int.Parse(piece.Groups["number"].Value, CultureInfo.InvariantCulture)] = piece.Groups["text"].Value;
    }

    static (DatabasePurpose Purpose, MoveStep Step)? ReadStep(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var phase = document.RootElement;
            return phase.ValueKind == JsonValueKind.Object && Text(phase, "phase") is { Length: > 0 } name && Enum.TryParse<DatabasePurpose>(Text(phase, "purpose"), out var purpose)
                ? (purpose, new()
                {
                    Name = name,
                    Status = Text(phase, "status") ?? "",
                    Started = DateTime.TryParse(Text(phase, "started"), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var started) ? started : null,
                    Elapsed = Number(phase, "seconds") is { } seconds and >= 0 and < int.MaxValue ? TimeSpan.FromSeconds(seconds) : null,
                    Bytes = Number(phase, "bytes"),
                    Message = Text(phase, "message") ?? "",
                })
                : null;
        }
        catch (JsonException)
        {
            // Changed on its way.
            return null;
        }
    }

    static string? Text(JsonElement phase, string name) => phase.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    static long? Number(JsonElement phase, string name) => phase.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    // As move.sh and move.ps1 write it.
    [GeneratedRegex(@"LangSmithPg\.Move/1 (?<run>[0-9a-f]{8}) (?<json>\{.*\})", RegexOptions.CultureInvariant)]
    private static partial Regex Phase();

    [GeneratedRegex(@"LangSmithPg\.Move/1 (?<run>[0-9a-f]{8}) (?<purpose>[A-Za-z]{1,40}) (?<kind>Check|Compare) (?<number>[0-9]{1,5})/(?<count>[0-9]{1,5}) (?<text>[ -~]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Piece();

    sealed record Pieces(string Run, int Count)
    {
        public SortedDictionary<int, string> ByNumber { get; } = [];

        public string? Text => Enumerable.Range(1, Count).All(ByNumber.ContainsKey) ? string.Concat(ByNumber.Values) : null;
    }
}
