using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Ownership;

namespace LangSmithPg.Formatting;

/// <summary>A plan of a transfer, and what came of one, as text for the terminal.</summary>
public static class OwnershipView
{
    const int LabelWidth = 10;
    const int KindWidth = 28;

    /// <summary>Writes a plan, line by line.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="width">Width of the terminal in characters.</param>
    public static IEnumerable<string> Lines(OwnershipPlan plan, int width)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return [$"{Ansi.Bold(plan.Target)}: {VisibleText.Line($"from {plan.From} to {plan.To}, as {plan.Caller}")}", .. Body(plan, width)];
    }

    /// <summary>Writes what came of a transfer, line by line.</summary>
    /// <param name="transfer">What came of it.</param>
    /// <param name="width">Width of the terminal in characters.</param>
    public static IEnumerable<string> Lines(OwnershipTransfer transfer, int width)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        var seconds = transfer.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        return
        [
            $"{Ansi.Bold(transfer.Target)}: {VisibleText.Line($"from {transfer.From} to {transfer.To}")} ({seconds} s)",
            .. Text(transfer.Error is null ? FindingStatus.Pass : FindingStatus.Fail, transfer.Error is null ? "Done" : "Failed", transfer.Outcome, width),
            .. transfer.Proof.Where(probe => probe.Error is null).SelectMany(probe =>
                Text(FindingStatus.Pass, "Proof", $"{transfer.To} can alter {probe.Table}; the change was rolled back.", width)),
            .. transfer.Plan.Remarks.SelectMany(remark => Text(FindingStatus.Warning, "Note", remark, width)),
            .. transfer.Next is { } next ? Text(FindingStatus.Warning, "Next", "The role membership that the transfer required is no longer needed:", width) : [],
            .. Code(transfer.Next, width),
        ];
    }

    static IEnumerable<string> Body(OwnershipPlan plan, int width) =>
    [
        .. plan.Kinds.Select(kind =>
            $"  {kind.Count,LabelWidth - 2}  {kind.Name,-KindWidth}{Size(kind.Bytes),8}  {(kind.Lock is null ? "" : $"{kind.Lock} until the end")}".TrimEnd()),
        .. plan.Problems.Count > 0 || !plan.IsEmpty ? Array.Empty<string>() : Text(FindingStatus.Pass, "Done", "No ownership is left to transfer.", width),
        .. plan.IsEmpty ? Array.Empty<string>() : Text(FindingStatus.NotApplicable, "How", How(plan), width),
        .. plan.Problems.SelectMany(problem => Text(FindingStatus.Fail, "Problem", problem.Message, width).Concat(Code(problem.Fix, width))),
        .. plan.Remarks.SelectMany(remark => Text(FindingStatus.Warning, "Note", remark, width)),
    ];

    static string How(OwnershipPlan plan)
    {
        var transactions = plan.Batches.Count();
        return $"{plan.Steps.Count} statements in {(transactions == 1 ? "one transaction" : $"{transactions} transactions")},"
            + $" with at most {plan.Locks} of the {plan.LockLimit} locks that the server has room for.";
    }

    static IEnumerable<string> Text(FindingStatus status, string label, string text, int width) =>
        FilledLines.Of(VisibleText.Of(text), width - LabelWidth - 3).Select((line, index) =>
            $"  {(index == 0 ? Ansi.Color(status, label.PadRight(LabelWidth)) : new string(' ', LabelWidth))}{line}");

    static IEnumerable<string> Code(Remedy? code, int width) =>
        (code is null ? [] : RemedyLines.Of(code, width - LabelWidth - 3)).Select(line => new string(' ', LabelWidth + 2) + Ansi.Command(line));

    // As PostgreSQL's own pg_size_pretty.
    static string Size(long bytes)
    {
        string[] units = ["B", "kB", "MB", "GB", "TB"];
        var (size, unit) = (bytes, 0);
        while (size >= 10 * 1024 && unit < units.Length - 1)
        {
            (size, unit) = (size / 1024, unit + 1);
        }

        return bytes == 0 ? "" : $"{size} {units[unit]}";
    }
}
