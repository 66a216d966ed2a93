using LangSmithPg.Documents;
using LangSmithPg.Files;

namespace LangSmithPg.Yaml.Editing;

/// <summary>Whether an edited text is the old document with exactly the change.</summary>
static class EditVerification
{
    /// <exception cref="FileEditException">It is not.</exception>
    public static void Verify(SyntaxNode? old, string edited, DocumentMap change)
    {
        SyntaxNode? now;
        try
        {
            now = SyntaxTree.Read(edited);
        }
        catch (FileEditException)
        {
            throw NotFaithful();
        }

        if (now is null ? change.Entries.Count > 0 || old is not null : !IsChanged(old, now, change))
        {
            throw NotFaithful();
        }
    }

    // Old entries stay in their order; new ones follow.
    static bool IsChanged(SyntaxNode? old, SyntaxNode now, DocumentMap change)
    {
        if (now is not SyntaxMap map || !Holds(map, change))
        {
            return false;
        }

        var before = old is SyntaxMap { Entries: var entries } ? entries : [];
        var wanted = change.Entries.ToDictionary(StringComparer.Ordinal);
        var added = wanted.Keys.Count(key => !before.Any(entry => KeyOf(entry.Key) == key));
        return map.Entries.Count == before.Count + added
            && before.Zip(map.Entries).All(pair =>
                IsSame(pair.First.Key, pair.Second.Key)
                && (KeyOf(pair.First.Key) is { } key && wanted.TryGetValue(key, out var value)
                    ? value is not DocumentMap below || IsChanged(pair.First.Value, pair.Second.Value, below)
                    : IsSame(pair.First.Value, pair.Second.Value)));
    }

    static bool Holds(SyntaxMap map, DocumentMap change) => change.Entries.All(wanted => Maps.Find(map, wanted.Key) is { } found && (wanted.Value, found.Value) switch
    {
        (DocumentMap below, SyntaxMap inner) => Holds(inner, below),
        (DocumentScalar value, SyntaxScalar scalar) => ValueText.Means(scalar, value),
        _ => false,
    });

    static bool IsSame(SyntaxNode old, SyntaxNode now) => (old.Anchor, old.Tag) == (now.Anchor, now.Tag) && (old, now) switch
    {
        (SyntaxScalar a, SyntaxScalar b) => a.Value == b.Value && a.Style == b.Style,
        (SyntaxAlias a, SyntaxAlias b) => a.Name == b.Name,
        (SyntaxMap a, SyntaxMap b) => a.IsFlow == b.IsFlow && a.Entries.Count == b.Entries.Count
            && a.Entries.Zip(b.Entries).All(pair => IsSame(pair.First.Key, pair.Second.Key) && IsSame(pair.First.Value, pair.Second.Value)),
        (SyntaxList a, SyntaxList b) => a.IsFlow == b.IsFlow && a.Items.Count == b.Items.Count && a.Items.Zip(b.Items).All(pair => IsSame(pair.First, pair.Second)),
        _ => false,
    };

    static string? KeyOf(SyntaxNode key) => (key as SyntaxScalar)?.Value;

    static FileEditException NotFaithful() => new(
        FileProblemKind.NotFaithful, "The edited document would differ from the original in more than the requested change, so the file was not changed.",
        "Set the values manually. Please report the structure of the file, without its secrets, as a bug in the module.");
}
