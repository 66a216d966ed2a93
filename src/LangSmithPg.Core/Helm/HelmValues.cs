using LangSmithPg.Common;
using LangSmithPg.Documents;

namespace LangSmithPg.Helm;

/// <summary>An overlay of Helm values: what to set, and nothing else. Immutable. It shows itself with its secrets masked.</summary>
public sealed class HelmValues : IDocument
{
    HelmValues(IReadOnlyList<ValuesEntry> entries) => Entries = entries.ToArray();

    /// <summary>No values at all.</summary>
    public static HelmValues Empty { get; } = new([]);

    /// <summary>What to set, in order.</summary>
    public IReadOnlyList<ValuesEntry> Entries { get; }

    /// <inheritdoc/>
    public bool HoldsSecrets => Entries.Any(entry => entry.IsSecret);

    /// <summary>The same overlay with one more value; a value that is already set is replaced in place.</summary>
    /// <param name="path">Where to set it.</param>
    /// <param name="value">What to set.</param>
    /// <param name="isSecret">Whether it is a secret.</param>
    /// <exception cref="ArgumentException">A value is already set above or below the path: it cannot be both a value and a map.</exception>
    internal HelmValues With(ValuesPath path, DocumentScalar value, bool isSecret = false)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Entries.FirstOrDefault(old => old.Path.IsAncestorOf(path) || path.IsAncestorOf(old.Path)) is { } other)
        {
            throw new ArgumentException($"{path} cannot be set: {other.Path} is already set.", nameof(path));
        }

        var entry = new ValuesEntry(path, value, isSecret);
        return Entries.Any(old => old.Path.Equals(path))
            ? new([.. Entries.Select(old => old.Path.Equals(path) ? entry : old)])
            : new([.. Entries, entry]);
    }

    /// <summary>The same overlay with all values of another one.</summary>
    /// <param name="other">The other overlay.</param>
    /// <exception cref="ArgumentException">The two disagree about a value.</exception>
    public HelmValues With(HelmValues other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.Entries.Aggregate(this, (all, entry) =>
            all.Entries.FirstOrDefault(old => old.Path.Equals(entry.Path)) is { } old && old.Scalar != entry.Scalar
                ? throw new ArgumentException($"{entry.Path} is set to both {old.Value} and {entry.Value}.", nameof(other))
                : all.With(entry.Path, entry.Scalar, entry.IsSecret));
    }

    /// <inheritdoc/>
    public DocumentMap ToDocument() => Nest(Entries, depth: 0);

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", Entries);

    static DocumentMap Nest(IEnumerable<ValuesEntry> entries, int depth) => new(
    [
        .. entries.GroupBy(entry => entry.Path.Keys[depth], StringComparer.Ordinal).Select(group => KeyValuePair.Create(
            group.Key,
            group.First().Path.Keys.Count == depth + 1 ? (DocumentNode)group.First().Scalar : Nest(group, depth + 1))),
    ]);
}
