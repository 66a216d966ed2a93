using System.Globalization;
using System.Text.RegularExpressions;

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

    static int Number(Match match, string name) => int.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture);

    // As preflight.ps1 writes it.
    [GeneratedRegex(@"LangSmithPg\.Preflight/(?<format>[0-9]{1,4}) (?<run>[0-9a-f]{8}) (?<number>[0-9]{1,5})/(?<count>[0-9]{1,5}) (?<text>[ -~]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Piece();
}
