namespace LangSmithPg.Ownership;

/// <summary>All objects of one kind that change hands.</summary>
/// <param name="Kind">The kind, such as <c>table</c>.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Bytes">About how large they are together.</param>
/// <param name="Lock">The lock for which readers and writers wait until the transaction ends, or null.</param>
public sealed record OwnedObjectKind(string Kind, int Count, long Bytes, string? Lock)
{
    /// <summary>The kind as one says it of so many, such as <c>tables</c>.</summary>
    public string Name => Count == 1 ? Kind : Kind.EndsWith('y') ? $"{Kind[..^1]}ies" : $"{Kind}s";

    /// <inheritdoc/>
    public override string ToString() => $"{Count} {Name}";
}
