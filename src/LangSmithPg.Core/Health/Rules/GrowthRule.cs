using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Findings;

namespace LangSmithPg.Health.Rules;

/// <summary>How fast the database grows since an earlier report. The limits are this module's own.</summary>
sealed class GrowthRule() : HealthRule<ActivityFacts>(
    "Health.Growth", "PostgreSQL stops when the disk is full.", "diskusage.html", facts => facts.Activity)
{
    const long Much = 1L << 30;
    const double Days = 30;

    protected override Finding Evaluate(HealthInput input, ActivityFacts facts, Finding finding)
    {
        if (input.Facts.DatabaseBytes is not { } bytes)
        {
            return finding with { Message = "The server did not tell the size of the database in time.", Fix = "Increase -TimeoutSeconds: the server looks at each file of the database." };
        }

        if (input.Baseline is null)
        {
            return finding with { Status = FindingStatus.NotApplicable, Message = $"The database has {ByteSize.Text(bytes)}. With -Baseline, an earlier report, its growth is known." };
        }

        if (input.Baseline.Figures is not { } before)
        {
            return finding with { Message = "The baseline does not contain the sizes of this database.", Fix = "Specify a report of Test-LangSmithPgHealth that Export-LangSmithPgReport wrote as JSON." };
        }

        var grown = bytes - before.DatabaseBytes;
        var days = (facts.Time.UtcDateTime - before.Time).TotalDays;
        if (days <= 0)
        {
            return finding with { Message = "The baseline is not older than this check.", Fix = "Specify an earlier report." };
        }

        // What grew within an hour says nothing of a month.
        var doubling = before.DatabaseBytes / (grown / Math.Max(1, days));
        var isMuch = grown >= Much && doubling <= Days;
        return finding with
        {
            Status = isMuch ? FindingStatus.Warning : FindingStatus.Pass,
            Message = isMuch
                ? string.Create(CultureInfo.InvariantCulture, $"The database has grown by {ByteSize.Text(grown)} to {ByteSize.Text(bytes)} within {Time(days)}: at this rate, it doubles within {Math.Ceiling(doubling):0} days.")
                : $"The database has {ByteSize.Text(bytes)}, {(grown < 0 ? $"{ByteSize.Text(-grown)} less" : $"{ByteSize.Text(grown)} more")} than {Time(days)} ago.",
            Evidence = Tables(input, before),
            Fix = isMuch ? "Check the tables that grow, and enlarge the disk before it is full." : null,
        };
    }

    static string Time(double days) => HealthText.Time((long)(days * 86_400));

    static string? Tables(HealthInput input, Readiness.DatabaseFigures before)
    {
        var sizes = before.Tables.GroupBy(table => table.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Bytes, StringComparer.Ordinal);
        List<(string Name, long Grown)> grown =
        [
            .. (input.Facts.Objects.Facts?.LargestTables ?? []).Select(table => HealthText.Figure(table))
                .Where(table => sizes.ContainsKey(table.Name)).Select(table => (table.Name, Grown: table.Bytes - sizes[table.Name]))
                .Where(one => one.Grown > 0).OrderByDescending(one => one.Grown).Take(5),
        ];
        return grown.Count == 0 ? null : string.Join("; ", grown.Select(one => $"{one.Name}: {ByteSize.Text(one.Grown)} more"));
    }
}
