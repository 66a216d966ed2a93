using LangSmithPg.Common;

namespace LangSmithPg.Comparisons;

/// <summary>Compares what two servers computed of a table.</summary>
static class TableComparer
{
    /// <summary>Compares.</summary>
    /// <param name="table">The table.</param>
    /// <param name="reference">What the reference's server computed.</param>
    /// <param name="difference">What the other server computed.</param>
    /// <param name="sample">Which rows were compared, or null for all.</param>
    public static TableComparison Compare(ComparedTable table, TableChecksum reference, TableChecksum difference, RowSample? sample)
    {
        var problem = (reference.Problem, difference.Problem) switch
        {
            ({ } text, { } other) when text == other => text,
            ({ } text, _) => $"Reference: {text}",
            (_, { } text) => text,
            _ => null,
        };
        return new()
        {
            Name = table.FullName,
            Status = problem is not null ? FindingStatus.Unknown
                : reference.Rows == difference.Rows && reference.Sum == difference.Sum ? FindingStatus.Pass
                // Its own tables are compared, and it may not have been refreshed for long.
                : table.Reference[0].IsMaterializedView ? FindingStatus.Warning
                : FindingStatus.Fail,
            ReferenceRows = reference.Problem is null ? reference.Rows : null,
            DifferenceRows = difference.Problem is null ? difference.Rows : null,
            Bytes = table.Bytes,
            SamplePercent = sample?.Percent,
            Problem = problem,
        };
    }
}
