using LangSmithPg.Common;
using LangSmithPg.Findings;

namespace LangSmithPg.Moves.Rules;

/// <summary>Whether the target's disk has room for the source. A server does not tell how much is free.</summary>
sealed class RoomRule : IMoveRule
{
    const long Gigabyte = 1_000_000_000;

    public IEnumerable<Finding> Evaluate(MoveInput input)
    {
        var size = input.Source.Facts.Size;
        var needed = ByteSize.Text(size);
        var (status, message) = input.Target.Connection.Server switch
        {
            { StorageGrows: true } => (FindingStatus.Pass, $"The source has {needed}, and the storage of the target grows by itself."),
            { StorageSize: { } storage } when storage * Gigabyte < size => (FindingStatus.Warning, $"The source has {needed}, and the target's server has only {storage} GB of storage."),
            { StorageSize: { } storage } => (FindingStatus.Unknown, $"The source has {needed}; how much of the {storage} GB of the target's server is free cannot be determined with SQL."),
            _ => (FindingStatus.Unknown, $"The source has {needed}; whether the target's server has as much free space cannot be determined with SQL."),
        };
        yield return input.Finding("Move.Size", status, message) with
        {
            Evidence = $"pg_database_size of the source: {size} bytes, bloat included; the write-ahead log of the restore comes on top",
            Why = "A server whose storage is full stops, and with it every other database on it.",
            Fix = status == FindingStatus.Pass ? null : $"Make sure that the target's server has at least {ByteSize.Text(size + (size / 2))} of free space: the data, and the write-ahead log of the restore.",
        };
    }
}
