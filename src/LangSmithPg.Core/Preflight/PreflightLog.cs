using System.Globalization;
using System.Text.RegularExpressions;
using LangSmithPg.Connections;

namespace LangSmithPg.Preflight;

/// <summary>Finds results of preflights in the logs of their pods, among other text, and after any prefix on the line.</summary>
static partial class PreflightLog
{
    /// <summary>The results in the order in which they begin; those of several pods may be mixed.</summary>
    /// <param name="lines">The lines of the log.</param>
    public static IReadOnlyList<PreflightRun> Read(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        List<PreflightRun> runs = [];
        Dictionary<(string Id, int Count), PreflightRun> byId = [];
        foreach (var match in lines.Select(line => Piece().Match(line)).Where(match => match.Success))
        {
            var (format, id, count) = (Number(match, "format"), match.Groups["run"].Value, Number(match, "count"));
            if (!byId.TryGetValue((id, count), out var run))
            {
                runs.Add(run = new(id, format, count));
                byId.Add((id, count), run);
            }

            run.Add(Number(match, "number"), match.Groups["text"].Value);
        }

        return runs;
    }

    /// <summary>What each container says of itself where several databases are tested; what is said twice comes once.</summary>
    /// <param name="lines">The lines of the log.</param>
    public static IReadOnlyList<PreflightAnnouncement> ReadAnnouncements(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return
        [
            .. lines.Select(line => Announcement().Match(line)).Where(match => match.Success).DistinctBy(match => match.Groups["run"].Value)
                .Select(match => new PreflightAnnouncement(match.Groups["run"].Value, Purposes(match.Groups["purpose"].Value).FirstOrDefault(), match.Groups["all"].Value)),
        ];
    }

    /// <summary>The databases that a text names, without those that only a later version knows.</summary>
    /// <param name="text">Their names, with commas between them.</param>
    public static IEnumerable<DatabasePurpose> Purposes(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split(',').Select(name => Enum.TryParse<DatabasePurpose>(name, out var purpose) ? purpose : DatabasePurpose.Unknown).Where(purpose => purpose != DatabasePurpose.Unknown);
    }

    static int Number(Match match, string name) => int.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture);

    // As preflight.ps1 writes it.
    [GeneratedRegex(@"LangSmithPg\.Preflight/(?<format>[0-9]{1,4}) (?<run>[0-9a-f]{8}) (?<number>[0-9]{1,5})/(?<count>[0-9]{1,5}) (?<text>[ -~]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Piece();

    [GeneratedRegex(@"LangSmithPg\.Preflight/[0-9]{1,4} (?<run>[0-9a-f]{8}) (?<purpose>[A-Za-z]{1,40}) of (?<all>[A-Za-z,]{1,400})", RegexOptions.CultureInvariant)]
    private static partial Regex Announcement();
}
