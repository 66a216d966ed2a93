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

    /// <summary>The first major version whose grants say what they give.</summary>
    public const int FirstMajorWithGrantOptions = 16;

    /// <summary>
    /// Hands over what a role owns in one schema, for whoever is a superuser or has the rights of both: what is in it when this runs. The
    /// search path is pg_catalog alone, so that nothing in the schema is called.
    /// </summary>
    public static string HandOver(string schema, string from, string to)
    {
        var (inSchema, owner, heir) = (SqlLiteral.Quote(schema), SqlLiteral.Quote(from), SqlLiteral.Quote(to));
        return SqlBlock.Do($"""
            DECLARE statement text;
            BEGIN
              SET LOCAL search_path TO pg_catalog, pg_temp;
              FOR statement IN
                SELECT format('ALTER %s %s OWNER TO %I', i.kind, (pg_identify_object(i.class, i.object, 0)).identity, {heir})
                FROM (
                  SELECT 'pg_class'::regclass AS class, oid AS object, relnamespace AS namespace, relowner AS owner, CASE relkind WHEN 'c' THEN 'TYPE' ELSE 'TABLE' END AS kind
                  FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'c', 'S') AND NOT (relkind = 'S' AND EXISTS (
                    SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND refobjsubid > 0 AND deptype IN ('a', 'i')))
                  UNION ALL
                  SELECT 'pg_type'::regclass, oid, typnamespace, typowner, CASE typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END FROM pg_type WHERE typtype IN ('e', 'd', 'r')
                  UNION ALL
                  SELECT 'pg_proc'::regclass, oid, pronamespace, proowner, 'ROUTINE' FROM pg_proc
                ) AS i
                WHERE i.namespace = (SELECT oid FROM pg_namespace WHERE nspname = {inSchema}) AND i.owner = (SELECT oid FROM pg_roles WHERE rolname = {owner})
                  AND NOT EXISTS (
                    SELECT FROM pg_depend WHERE classid = i.class AND objid = i.object AND (deptype = 'e' OR (deptype = 'i' AND i.kind = 'ROUTINE')))
              LOOP
                EXECUTE statement;
              END LOOP;
            END
            """);
    }

    public static string Grant(string role, string member, int major) => $"{GrantMembership(role, member, major)};";

    // From 16 on, a grant says by itself what it gives, whatever the member's own INHERIT.
    public static string GrantMembership(string role, string member, int major) =>
        $"GRANT {SqlIdentifier.Quote(role)} TO {SqlIdentifier.Quote(member)}{(major >= FirstMajorWithGrantOptions ? " WITH INHERIT TRUE, SET TRUE" : "")}";

    /// <summary>Revokes what the member granted itself, having created the role; that it may administer the role was granted by somebody else.</summary>
    public static string RevokeOwnGrant(string role, string member) => $"REVOKE {SqlIdentifier.Quote(role)} FROM {SqlIdentifier.Quote(member)} GRANTED BY CURRENT_USER";

    public static string Revoke(string role, string member) => $"REVOKE {SqlIdentifier.Quote(role)} FROM {SqlIdentifier.Quote(member)};";
}
