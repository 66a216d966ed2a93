namespace LangSmithPg.Ownership;

/// <summary>All objects of one kind that change hands.</summary>
/// <param name="Kind">The kind, such as <c>table</c>.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Bytes">About how large they are together.</param>
public sealed record OwnedObjectKind(string Kind, int Count, long Bytes)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Count} {Kind}";
}
