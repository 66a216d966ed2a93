namespace LangSmithPg.Documents;

/// <summary>Names and their values, in order.</summary>
/// <param name="Entries">The entries; no name comes twice.</param>
public sealed record DocumentMap(IReadOnlyList<KeyValuePair<string, DocumentNode>> Entries) : DocumentNode
{
    /// <summary>The value of an entry, or null where there is none.</summary>
    /// <param name="key">Its name.</param>
    internal DocumentNode? this[string key] => Entries.FirstOrDefault(entry => entry.Key == key).Value;

    /// <summary>A map of what is there: entries that are null are left out.</summary>
    /// <param name="entries">The entries.</param>
    internal static DocumentMap Of(params IEnumerable<(string Key, DocumentNode? Value)> entries) =>
        new([.. entries.Where(entry => entry.Value is not null).Select(entry => KeyValuePair.Create(entry.Key, entry.Value!))]);

    /// <summary>A map of texts; null when there are none.</summary>
    /// <param name="entries">The entries.</param>
    internal static DocumentMap? OfTexts(IReadOnlyCollection<KeyValuePair<string, string>> entries) =>
        entries.Count == 0 ? null : Of(entries.Select(entry => (entry.Key, (DocumentNode?)new DocumentText(entry.Value))));

    /// <summary>This map and what another has beside it: where both have an entry, this one's holds.</summary>
    /// <param name="other">The other map.</param>
    internal DocumentMap Or(DocumentMap? other) =>
        new([.. Entries, .. (other?.Entries ?? []).Where(entry => !Entries.Any(own => own.Key == entry.Key))]);

    /// <summary>
    /// This map laid over another one as Helm's function merge does: where this one's entry is empty (0, false, an empty text), the other's
    /// holds, and maps are merged in turn. Source: github.com/Masterminds/sprig, dict.go, and dario.cat/mergo.
    /// </summary>
    /// <param name="other">The other map.</param>
    internal DocumentMap Over(DocumentMap? other) => other is null ? this : new DocumentMap(
        [.. Entries.Select(own => KeyValuePair.Create(own.Key, Merge(own.Value, other.Entries.FirstOrDefault(entry => entry.Key == own.Key).Value)))]).Or(other);

    static DocumentNode Merge(DocumentNode own, DocumentNode? other) => (own, other) switch
    {
        (DocumentMap above, DocumentMap below) => above.Over(below),
        (DocumentNumber { Value: 0 } or DocumentFlag { Value: false } or DocumentText { Value.Length: 0 } or DocumentList { Items.Count: 0 } or DocumentMap { Entries.Count: 0 }, not null) => other,
        _ => own,
    };
}
