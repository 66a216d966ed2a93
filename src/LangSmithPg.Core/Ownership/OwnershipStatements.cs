using LangSmithPg.Sql;

namespace LangSmithPg.Ownership;

/// <summary>The statements by which ownership changes hands.</summary>
static class OwnershipStatements
{
    // The new owner has to be able to create in a schema before it can own what is in it: by owning the schema, or by owning the database,
    // to whose owner public belongs. The schemas come first, as giving one away takes CREATE on the database, which its owner has.
    static readonly string[] First = ["schema", "database", "table", "foreign table", "materialized view", "view", "sequence"];

    /// <summary>Whether nothing but REASSIGN OWNED moves it.</summary>
    public static bool IsExtension(OwnedObject one) => one.Kind == "extension";

    public static IEnumerable<OwnedObject> InOrder(IEnumerable<OwnedObject> objects) => objects
        .OrderBy(one => Array.IndexOf(First, one.Kind) is var at && at < 0 ? First.Length : at)
        .ThenBy(one => one.Kind, StringComparer.Ordinal).ThenBy(one => one.Identity, StringComparer.Ordinal);

    public static string Alter(OwnedObject one, string owner)
    {
        var keyword = one.Kind switch
        {
            "function" or "procedure" or "aggregate" => "ROUTINE",
            "foreign-data wrapper" => "FOREIGN DATA WRAPPER",
            "statistics object" => "STATISTICS",
            var kind => kind.ToUpperInvariant(),
        };
        return $"ALTER {keyword} {one.Identity} OWNER TO {SqlIdentifier.Quote(owner)}";
    }

    public static string Reassign(OwnershipRequest request) =>
        $"REASSIGN OWNED BY {SqlIdentifier.Quote(request.From)} TO {SqlIdentifier.Quote(request.To)}";

    // From 16 on, a grant says by itself what it gives, whatever the member's own INHERIT.
    public static string Grant(string role, string member, int major) =>
        $"GRANT {SqlIdentifier.Quote(role)} TO {SqlIdentifier.Quote(member)}{(major >= 16 ? " WITH INHERIT TRUE, SET TRUE" : "")};";

    public static string Revoke(string role, string member) => $"REVOKE {SqlIdentifier.Quote(role)} FROM {SqlIdentifier.Quote(member)};";
}
