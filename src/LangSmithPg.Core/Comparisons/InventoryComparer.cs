using LangSmithPg.Common;

namespace LangSmithPg.Comparisons;

/// <summary>Compares the objects of two databases.</summary>
/// <param name="reference">The objects of the reference.</param>
/// <param name="difference">The objects of the other database.</param>
/// <param name="isSameVersion">Whether the servers have the same major version, and so write the same definition in the same way.</param>
sealed class InventoryComparer(IReadOnlyList<DatabaseObject> reference, IReadOnlyList<DatabaseObject> difference, bool isSameVersion)
{
    const string Owner = "owner";
    const string DatabaseOwner = "pg_database_owner";

    // What does not change what LangSmith stores or reads.
    static readonly HashSet<string> Minor = [Owner, "grants", "column grants", "storage", "compression", "cost", "rows", "version", "replica identity"];

    // What PostgreSQL writes from a parsed query, in ways that changed from version to version.
    static readonly HashSet<(ObjectKind, string)> Rewritten =
        [(ObjectKind.View, "definition"), (ObjectKind.MaterializedView, "definition"), (ObjectKind.Rule, "definition"), (ObjectKind.Function, "body")];

    static readonly HashSet<string> Definitions = ["definition", "default", "generated", "using", "check", "body", "partition key", "partition bound", "arguments"];

    readonly HashSet<string> _schemas = [.. reference.Concat(difference).Select(one => one.Schema).OfType<string>(), "pg_catalog"];

    /// <summary>What differs, in the order of the reference. What belongs to a table that is missing is not named besides.</summary>
    public IReadOnlyList<ObjectDifference> Compare()
    {
        var before = reference.ToDictionary(one => one.Key);
        var after = difference.ToDictionary(one => one.Key);
        var owners = Owners(before, after);
        List<ObjectDifference> found = [.. owners.Differences];
        foreach (var one in reference)
        {
            if (after.TryGetValue(one.Key, out var other))
            {
                found.AddRange(CompareProperties(one, other, owners.Names));
            }
            else if (!IsPartOf(one, before, after))
            {
                found.Add(new() { Kind = one.Kind, Name = one.FullName, Change = ObjectChange.Missing, Status = one.Kind == ObjectKind.Publication ? FindingStatus.Warning : FindingStatus.Fail });
            }
        }

        found.AddRange(difference.Where(one => !before.ContainsKey(one.Key) && !IsPartOf(one, after, before)).Select(one => new ObjectDifference
        {
            Kind = one.Kind,
            Name = one.FullName,
            Change = ObjectChange.Extra,
            // A cloud may bring its own.
            Status = one.Kind is ObjectKind.Extension or ObjectKind.Publication or ObjectKind.EventTrigger ? FindingStatus.Warning : FindingStatus.Fail,
        }));
        return found;
    }

    // Whether it is a part of something that the other database lacks altogether.
    static bool IsPartOf(
        DatabaseObject part, Dictionary<(ObjectKind, string?, string, string?), DatabaseObject> own, Dictionary<(ObjectKind, string?, string, string?), DatabaseObject> other)
    {
        return part switch
        {
            { Member: null, Schema: { } schema } => Lacks((ObjectKind.Schema, null, schema, null)),
            { Member: not null } => Holders.Any(kind => Lacks((kind, part.Schema, part.Name, null))) || Lacks((ObjectKind.Schema, null, part.Schema!, null)),
            _ => false,
        };

        bool Lacks((ObjectKind, string?, string, string?) key) => own.ContainsKey(key) && !other.ContainsKey(key);
    }

    static readonly ObjectKind[] Holders = [ObjectKind.Table, ObjectKind.View, ObjectKind.MaterializedView, ObjectKind.Type];

    IEnumerable<ObjectDifference> CompareProperties(DatabaseObject one, DatabaseObject other, IReadOnlyDictionary<string, string> owners)
    {
        foreach (var property in one.Properties.Keys.Union(other.Properties.Keys))
        {
            var (before, after) = (one.Properties.GetValueOrDefault(property), other.Properties.GetValueOrDefault(property));
            var isSame = before == after
                // Since PostgreSQL 15, the schema public belongs to whoever owns the database.
                || (property == Owner && one.Kind == ObjectKind.Schema && (before == DatabaseOwner || after == DatabaseOwner))
                || (property == Owner && before is not null && owners.GetValueOrDefault(before) == after)
                || (before is not null && after is not null && Definitions.Contains(property) && IsSame(before, after));
            if (!isSame)
            {
                yield return new()
                {
                    Kind = one.Kind,
                    Name = one.Kind == ObjectKind.Database ? one.Name : one.FullName,
                    Change = ObjectChange.Different,
                    Property = property,
                    Reference = before,
                    Difference = after,
                    Status = Minor.Contains(property) || one.Kind == ObjectKind.Database ? FindingStatus.Warning
                        : !isSameVersion && before is not null && after is not null && Rewritten.Contains((one.Kind, property)) ? FindingStatus.Unknown
                        : FindingStatus.Fail,
                };
            }
        }
    }

    bool IsSame(string before, string after) => Definition.Normalize(before, _schemas) == Definition.Normalize(after, _schemas);

    // A move gives everything to the role that restores: where each owner has one successor, that is one difference and not one for each object.
    static (IReadOnlyDictionary<string, string> Names, IReadOnlyList<ObjectDifference> Differences) Owners(
        Dictionary<(ObjectKind, string?, string, string?), DatabaseObject> before, Dictionary<(ObjectKind, string?, string, string?), DatabaseObject> after)
    {
        var successors = before.Values
            .Where(one => one.Properties.ContainsKey(Owner) && after.ContainsKey(one.Key))
            .Where(one => one.Properties[Owner] != DatabaseOwner && after[one.Key].Properties.GetValueOrDefault(Owner) != DatabaseOwner)
            .GroupBy(one => one.Properties[Owner], one => after[one.Key].Properties.GetValueOrDefault(Owner))
            .Select(group => (From: group.Key, To: group.Distinct().ToList(), Count: group.Count()))
            .Where(one => one is { To: [not null], Count: > 1 } && one.From != one.To[0])
            .ToList();
        return (
            successors.ToDictionary(one => one.From, one => one.To[0]!),
            [
                .. successors.Select(one => new ObjectDifference
                {
                    Kind = ObjectKind.Database,
                    Name = $"{one.Count} objects",
                    Change = ObjectChange.Different,
                    Property = Owner,
                    Reference = one.From,
                    Difference = one.To[0],
                    Status = FindingStatus.Warning,
                }),
            ]);
    }
}
