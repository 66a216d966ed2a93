using System.Globalization;
using LangSmithPg.Budgets;
using LangSmithPg.Common;

namespace LangSmithPg.Formatting;

/// <summary>A connection budget as text for the terminal: a bar for each workload, server by server, and the findings below.</summary>
static class BudgetView
{
    const int Numbers = 22;
    const int LongestBar = 40;

    static readonly FindingStatus[] Summarised = [FindingStatus.Fail, FindingStatus.Warning, FindingStatus.Unknown];

    /// <summary>Writes the budget, line by line.</summary>
    /// <param name="budget">The budget.</param>
    /// <param name="width">Width of the terminal in characters.</param>
    public static IEnumerable<string> Lines(ConnectionBudget budget, int width)
    {
        ArgumentNullException.ThrowIfNull(budget);
        string[] chart = budget.ChartVersion is { } version ? [$"chart {version}"] : [];
        foreach (var line in Headline.Lines(
            ["Connections", .. chart, $"at {budget.At}"], $"{budget.Connections}", width,
            [.. Headline.Counts(Summarised, status => budget.Findings.Count(finding => finding.Status == status))]))
        {
            yield return line;
        }

        var longest = budget.Workloads.Select(one => one.Connections).Append(1).Max();
        var nameWidth = budget.Workloads.Select(one => VisibleText.Line(one.Workload).Length).Append(0).Max();
        var room = Math.Clamp(width - 4 - nameWidth - Numbers - 1, 5, LongestBar);
        foreach (var server in budget.Servers)
        {
            var room1 = server.Available is { } available ? $"{server.Connections} of {available}" : $"{server.Connections}, available: not known";
            foreach (var line in FilledLines.Of(
                [$"{Ansi.Bold(VisibleText.Line(server.Server))}", $"({string.Join(", ", server.Databases)}):", Ansi.Color(server.Status, room1)], width - 3, "    "))
            {
                yield return $"  {line}";
            }

            foreach (var one in budget.Workloads.Where(one => one.Server == server.Server))
            {
                var bar = new string('#', one.Connections == 0 ? 0 : Math.Max(1, (int)Math.Round((double)one.Connections * room / longest)));
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"    {VisibleText.Line(one.Workload).PadRight(nameWidth)} {one.Pods,4} x {one.Pool,4}{(one.IsAssumed ? '?' : ' ')} = {one.Connections,5} {bar}").TrimEnd();
            }
        }

        foreach (var finding in budget.Findings.Where(finding => finding.Status > FindingStatus.Pass))
        {
            var head = $"  {Ansi.Color(finding.Status, finding.Status.ToString().PadRight(9))}";
            foreach (var line in FilledLines.Of(VisibleText.Line($"{finding.Target}: {finding.Message} ({finding.Id})"), width - 12))
            {
                yield return head + line;
                head = new(' ', 11);
            }

            foreach (var line in finding.Fix is { } fix ? RemedyLines.Of(fix, width - 12) : [])
            {
                yield return head + Ansi.Command(line);
            }
        }

        if (budget.Workloads.Any(one => one.IsAssumed))
        {
            yield return "  ? is an assumption of this module: the size of this pool is not documented.";
        }
    }
}
