namespace LangSmithPg.Ownership;

/// <summary>All objects of one kind that change hands.</summary>
/// <param name="Kind">The kind, such as <c>table</c>.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Bytes">About how large they are together.</param>
/// <param name="Lock">The lock for which readers and writers wait until the transaction ends, or null.</param>
public sealed record OwnedObjectKind(string Kind, int Count, long Bytes, string? Lock)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Count} {Kind}";
}
