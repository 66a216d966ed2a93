using System.Text.RegularExpressions;
using LangSmithPg.Common;

namespace LangSmithPg.Charts.Reading;

/// <summary>
/// What a chart's templates fail over: keys that may not be there, and flags that may not be texts. Only the plain form is read, a check and
/// right behind it its <c>fail</c>, whose words are the chart's own advice.
/// </summary>
sealed partial class ChartValidation
{
    const int Patience = 2000;

    public ChartValidation(IReadOnlyDictionary<string, string> templates)
    {
        List<ChartRefusal> refusals = [];
        List<ValuesPath> flags = [];
        foreach (var (_, text) in templates.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            try
            {
                Read(text, refusals, flags);
            }
            catch (RegexMatchTimeoutException)
            {
                // A text made to keep the search busy says nothing.
            }
        }

        (Refusals, Flags) = (refusals.DistinctBy(one => one.Path).ToArray(), flags.Distinct().ToArray());
    }

    public IReadOnlyList<ChartRefusal> Refusals { get; }

    public IReadOnlyList<ValuesPath> Flags { get; }

    static void Read(string text, List<ChartRefusal> refusals, List<ValuesPath> flags)
    {
        var around = new Surroundings(Loop().Matches(text).ToList(), List().Matches(text).ToList(), Maps().Matches(text).ToList());
        flags.AddRange(Kind().Matches(text).Select(match => ValuesPath.Of(match.Groups["path"].Value)));
        foreach (Match check in Check().Matches(text))
        {
            foreach (var (map, name) in Maps(around, check))
            {
                foreach (var key in Keys(around, check))
                {
                    var path = map.Length == 0 ? key : $"{map}.{key}";
                    refusals.Add(new(ValuesPath.Of(path), [])
                    {
                        AllowsEmpty = check.Groups["empty"].Success,
                        Advice = Advice(check, new(Arguments(check).Select(argument => argument == check.Groups["key"].Value ? key : name))),
                    });
                }
            }
        }
    }

    // A map that is named, or each of those that a loop goes through, with its name there.
    static IEnumerable<(string Map, string Name)> Maps(Surroundings around, Match check)
    {
        if (check.Groups["map"] is { Success: true } map)
        {
            return [(map.Value.TrimStart('.'), "")];
        }

        var loop = Last(around.Loops, check.Index, "value", check.Groups["each"].Value);
        var all = loop is null ? null : Last(around.Maps, loop.Index, "name", loop.Groups["over"].Value);
        return all is null ? [] : Entry().Matches(all.Groups["entries"].Value).Select(entry => (entry.Groups["path"].Value, entry.Groups["name"].Value));
    }

    static IEnumerable<string> Keys(Surroundings around, Match check)
    {
        if (check.Groups["text"] is { Success: true } key)
        {
            return [key.Value];
        }

        var loop = Last(around.Lists, check.Index, "value", check.Groups["key"].Value);
        return loop is null ? [] : loop.Groups["one"].Captures.Select(one => one.Value);
    }

    static IEnumerable<string> Arguments(Match check) => check.Groups["argument"].Captures.Select(one => one.Value);

    static string Advice(Match check, Queue<string> arguments) =>
        Hole().Replace(Escape().Replace(check.Groups["words"].Value, "$1"), match => arguments.TryDequeue(out var one) ? one : match.Value);

    // The variable as it was last given a value before a place.
    static Match? Last(IReadOnlyList<Match> matches, int before, string group, string variable) =>
        matches.LastOrDefault(match => match.Index < before && match.Groups[group].Value == variable);

    sealed record Surroundings(IReadOnlyList<Match> Loops, IReadOnlyList<Match> Lists, IReadOnlyList<Match> Maps);

    // if hasKey .Values.a "b", or $x with a key of a loop; or a variable that says so; and a fail behind it.
    [GeneratedRegex(
        @"\bhasKey\s+(\$?\.Values(?<map>(\.\w+)*)|(?<each>\$\w+))\s+(""(?<text>\w+)""|(?<key>\$\w+))\)?(\s*\((?<empty>not\s+\(empty\s+[$.\w]+\))\))?\s*-?\}\}"
        + @"(\s*\{\{-?\s*if\s+\$\w+\s*-?\}\})?\s*\{\{-?\s*fail\s+(\(\s*printf\s+)?""(?<words>([^""\\]|\\.)*)""(\s+(?<argument>\$\w+))*\s*\)?\s*-?\}\}",
        RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Check();

    [GeneratedRegex(@"\bkindIs\s+""bool""\s+\$?\.Values\.(?<path>[\w.]*\w)\s*\)\s*-?\}\}\s*\{\{-?\s*fail\b", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Kind();

    [GeneratedRegex(@"\brange\s+\$\w+\s*,\s*(?<value>\$\w+)\s*:=\s*(?<over>\$\w+)", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Loop();

    [GeneratedRegex(@"\brange\s+(?<value>\$\w+)\s*:=\s*list(\s+""(?<one>\w+)"")+", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex List();

    [GeneratedRegex(@"(?<name>\$\w+)\s*:=\s*dict(?<entries>(\s+""\w+""\s+\$?\.Values\.[\w.]+)+)", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Maps();

    [GeneratedRegex(@"""(?<name>\w+)""\s+\$?\.Values\.(?<path>[\w.]*\w)", RegexOptions.ExplicitCapture)]
    private static partial Regex Entry();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escape();

    [GeneratedRegex("%[sq]")]
    private static partial Regex Hole();
}
