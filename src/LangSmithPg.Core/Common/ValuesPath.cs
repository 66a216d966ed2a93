namespace LangSmithPg.Common;

/// <summary>Where a value stands in a Helm values file: the keys from the top down.</summary>
public sealed class ValuesPath : IEquatable<ValuesPath>
{
    /// <summary>Makes a path of its keys.</summary>
    /// <param name="keys">The keys from the top down; a key may hold dots and slashes.</param>
    public ValuesPath(params IReadOnlyList<string> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentOutOfRangeException.ThrowIfZero(keys.Count);
        Keys = keys.ToArray();
    }

    /// <summary>The keys from the top down.</summary>
    public IReadOnlyList<string> Keys { get; }

    /// <summary>A path whose keys hold no dots, such as <c>postgres.external.enabled</c>.</summary>
    /// <param name="dotted">The keys with dots between them.</param>
    public static ValuesPath Of(string dotted)
    {
        ArgumentNullException.ThrowIfNull(dotted);
        return new(dotted.Split('.'));
    }

    /// <summary>The path of a key of this map.</summary>
    /// <param name="key">The key; it may hold dots and slashes.</param>
    public ValuesPath Child(string key) => new([.. Keys, key]);

    /// <summary>The path of the map that holds this key; null for a topmost key.</summary>
    public ValuesPath? Parent => Keys.Count > 1 ? new([.. Keys.Take(Keys.Count - 1)]) : null;

    /// <summary>Whether another path goes on from this one.</summary>
    /// <param name="other">The other path.</param>
    public bool IsAncestorOf(ValuesPath other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Keys.Count < other.Keys.Count && Keys.SequenceEqual(other.Keys.Take(Keys.Count), StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public bool Equals(ValuesPath? other) => other is not null && Keys.SequenceEqual(other.Keys, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ValuesPath);

    /// <inheritdoc/>
    public override int GetHashCode() => Keys.Aggregate(0, HashCode.Combine);

    /// <summary>The keys with dots between them; a key with dots of its own in quotes.</summary>
    public override string ToString() =>
        string.Join('.', Keys.Select(key => key.Contains('.', StringComparison.Ordinal) ? $"\"{key}\"" : key));
}
