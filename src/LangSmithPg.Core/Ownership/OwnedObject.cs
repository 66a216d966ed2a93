namespace LangSmithPg.Ownership;

/// <summary>Something that a role owns and that changes hands by a statement of its own.</summary>
/// <param name="Kind">What it is, in PostgreSQL's words, such as <c>materialized view</c>.</param>
/// <param name="Schema">The schema that it is in, or null for what is in none.</param>
/// <param name="Identity">Its name as SQL takes it, quoted and with its schema.</param>
/// <param name="Bytes">About how large it is with its indexes, as VACUUM or ANALYZE last counted it; measuring would take locks.</param>
/// <param name="Locks">How many locks changing its owner takes: its own, and those of its indexes, TOAST table and sequences.</param>
public sealed record OwnedObject(string Kind, string? Schema, string Identity, long Bytes, int Locks)
{
    /// <summary>
    /// The lock for which readers and writers wait from the moment that its owner changes until the transaction ends; or null where nobody
    /// waits who only uses it.
    /// </summary>
    public string? Lock => Kind is "table" or "foreign table" or "view" or "materialized view" or "sequence" ? "ACCESS EXCLUSIVE" : null;

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Identity}";
}
