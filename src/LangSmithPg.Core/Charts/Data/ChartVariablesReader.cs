namespace LangSmithPg.Charts.Data;

/// <summary>Reads from its file, which explains itself, which environment variables the chart's templates set.</summary>
static class ChartVariablesReader
{
    public static IReadOnlyList<(IReadOnlyList<ChartVersion> Turns, ChartVariable Variable)> Read()
    {
        List<(IReadOnlyList<ChartVersion>, ChartVariable)> all = [];
        string[] templates = [];
        var when = "";
        foreach (var line in ChartTextFile.Lines("variables.txt"))
        {
            switch (line.Length - line.TrimStart().Length)
            {
                case 0:
                    templates = line.Split(' ');
                    break;
                case 1:
                    when = line.Trim();
                    break;
                default:
                    // NAME or NAME=value, a sign for what Helm does not check, and the versions.
                    var words = line.Trim().Split(' ');
                    var parts = words[0].TrimEnd('!').Split('=', 2);
                    IReadOnlyList<ChartVersion> turns = [.. words[1].Split(',').Select(ChartVersion.Parse)];
                    all.AddRange(templates.Select(template => (
                        turns, new ChartVariable(template, parts[0], parts.Length == 1 ? null : parts[1], Condition.Parse(when), IsChecked: !words[0].EndsWith('!')))));
                    break;
            }
        }

        return all;
    }
}
