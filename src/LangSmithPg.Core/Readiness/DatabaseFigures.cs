namespace LangSmithPg.Readiness;

/// <summary>The sizes of a database at one time, which a later check compares with its own.</summary>
/// <param name="Time">When they were read, in UTC, by the server's clock.</param>
/// <param name="DatabaseBytes">The size of the database.</param>
/// <param name="Tables">The largest tables.</param>
public sealed record DatabaseFigures(DateTime Time, long DatabaseBytes, IReadOnlyList<TableFigure> Tables)
{
    /// <inheritdoc/>
    public override string ToString() => Common.ByteSize.Text(DatabaseBytes);
}

/// <summary>The size of a table.</summary>
/// <param name="Name">Its schema and name.</param>
/// <param name="Bytes">Its size as of its last VACUUM or ANALYZE, with long values, without indexes.</param>
public sealed record TableFigure(string Name, long Bytes)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Common.ByteSize.Text(Bytes)}";
}
