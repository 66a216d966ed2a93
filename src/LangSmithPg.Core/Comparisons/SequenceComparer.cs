using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Sql;

namespace LangSmithPg.Comparisons;

/// <summary>Compares the next values of the sequences of two databases. A sequence behind its data makes the next INSERT fail.</summary>
static class SequenceComparer
{
    /// <summary>The property of a sequence that is compared.</summary>
    public const string NextValue = "next value";

    /// <summary>What differs, by the sequences that both have.</summary>
    public static IReadOnlyList<ObjectDifference> Compare(IReadOnlyList<SequenceValue> reference, IReadOnlyList<SequenceValue> difference)
    {
        var others = difference.ToDictionary(one => (one.Schema, one.Name));
        return [.. reference.Where(one => others.ContainsKey((one.Schema, one.Name))).Select(one => Compare(one, others[(one.Schema, one.Name)])).OfType<ObjectDifference>()];
    }

    static ObjectDifference? Compare(SequenceValue before, SequenceValue after)
    {
        FindingStatus? status = (before.Next, after.Next) switch
        {
            (null, _) or (_, null) => FindingStatus.Unknown,
            _ when before.IsAhead(before.Next.Value, after.Next.Value) => FindingStatus.Fail,
            // The same in the reference: it was so before.
            _ when after.IsBehindItsColumn => before.Next == after.Next && before.IsBehindItsColumn ? FindingStatus.Warning : FindingStatus.Fail,
            _ when before.Next != after.Next => FindingStatus.Warning,
            _ => null,
        };
        return status is null ? null : new()
        {
            Kind = ObjectKind.Sequence,
            Name = after.FullName,
            Change = ObjectChange.Different,
            Property = NextValue,
            Reference = Text(before),
            Difference = Text(after),
            Status = status.Value,
            Fix = status == FindingStatus.Fail ? SetValue(before, after) : null,
        };
    }

    // Past what the reference gives next, and what the data have already.
    static string SetValue(SequenceValue before, SequenceValue after)
    {
        var next = after is { IsBehindItsColumn: true, Farthest: { } farthest } && before.IsAhead(farthest + after.Increment, before.Next!.Value) ? farthest + after.Increment : before.Next!.Value;
        var name = $"{SqlIdentifier.Quote(after.Schema)}.{SqlIdentifier.Quote(after.Name)}";
        return string.Create(CultureInfo.InvariantCulture, $"SELECT pg_catalog.setval({SqlLiteral.Quote(name)}, {next}, false);");
    }

    static string Text(SequenceValue one) => one.Next is not { } next ? "not readable"
        : string.Create(CultureInfo.InvariantCulture, $"{next}{(one.IsBehindItsColumn ? $", but {one.Column} has {one.Farthest}" : "")}");
}
