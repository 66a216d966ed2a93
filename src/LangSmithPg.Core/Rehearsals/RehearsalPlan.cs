using LangSmithPg.Extensions;
using LangSmithPg.Servers;
using LangSmithPg.Sql;

namespace LangSmithPg.Rehearsals;

/// <summary>
/// What a rehearsal does: a small copy of what LangSmith's migrations do. Every name is qualified and every literal has a type: of what
/// others have put in the schema, nothing is a better match and nothing is called.
/// </summary>
static class RehearsalPlan
{
    /// <summary>The opening step, which everything else builds on.</summary>
    public const string Transaction = "Transaction";

    const string Schema = "Schema";
    const string Table = "Table";
    const string Insert = "Insert";

    // What is used of each extension. Operator classes for uuid are found by the type alone, wherever they are.
    static readonly (string Extension, string[] Members)[] Used =
        [("citext", ["citext", "="]), ("ltree", ["ltree", "<@"]), ("pgcrypto", ["digest"]), ("pg_trgm", ["gin_trgm_ops", "%"])];

    /// <summary>Whether a rehearsal is withheld, as it would run with an administrator's rights in a schema in which others may create.</summary>
    /// <param name="facts">What the server says.</param>
    public static bool IsExposed(ServerFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return (facts.Role.IsSuperuser || facts.Role.IsCloudAdmin) && facts.Schema.OtherCreators.Count > 0;
    }

    /// <summary>Plans the steps up to the extensions. None for a server that takes no writes.</summary>
    /// <param name="facts">What the server says.</param>
    public static IReadOnlyList<RehearsalStep> Open(ServerFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return facts.Server.InRecovery || facts.Server.ReadOnlyByDefault
            ? []
            : [new(Transaction, "open a transaction that writes", ["begin"]), .. OpeningSteps(facts).Select(step => step with { Needs = [Transaction, .. step.Needs] })];
    }

    /// <summary>Plans the steps that use the extensions.</summary>
    /// <param name="facts">What the server says.</param>
    /// <param name="table">A name for the table that is not taken.</param>
    /// <param name="members">What belongs to the extensions, now that they are installed.</param>
    public static IReadOnlyList<RehearsalStep> Use(ServerFacts facts, string table, IReadOnlyList<ExtensionMember> members)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(members);
        return [.. UsingSteps(facts, $"{SqlIdentifier.Quote(facts.Schema.Name)}.{SqlIdentifier.Quote(table)}", members).Select(step => step with { Needs = [Transaction, .. step.Needs] })];
    }

    static IEnumerable<RehearsalStep> OpeningSteps(ServerFacts facts)
    {
        var schema = SqlIdentifier.Quote(facts.Schema.Name);
        string[] needs = [];
        if (!facts.Schema.Exists)
        {
            yield return new(Schema, $"create schema {facts.Schema.Name}", [$"create schema {schema}"]);
            needs = [Schema];
        }

        foreach (var extension in facts.Extensions)
        {
            var what = extension.InstalledVersion is null ? $"install extension {extension.Name}" : $"continue, because extension {extension.Name} is installed";
            yield return new($"Extension.{extension.Name}", what, [$"create extension if not exists {SqlIdentifier.Quote(extension.Name)} schema {schema}"])
            {
                Needs = needs,
                Extension = extension.Name,
            };
        }
    }

    static IEnumerable<RehearsalStep> UsingSteps(ServerFacts facts, string table, IReadOnlyList<ExtensionMember> members)
    {
        yield return new(Table, $"create a table in schema {facts.Schema.Name}",
        [
            $"""
            create table {table} (
              id pg_catalog.uuid primary key default pg_catalog.gen_random_uuid(), tenant_id pg_catalog.uuid not null default pg_catalog.gen_random_uuid(),
              name pg_catalog.text not null default 'a name'::pg_catalog.text, data pg_catalog.jsonb not null default '[]'::pg_catalog.jsonb,
              during pg_catalog.tstzrange not null default pg_catalog.tstzrange(pg_catalog.now(), null::pg_catalog.timestamptz))
            """,
        ]) { Needs = facts.Schema.Exists ? [] : [Schema] };
        yield return Using("citext", "Column", "add a unique column of type citext",
            $"alter table {table} add column email {Of("citext", "citext")} unique default 'A@example.com'::{Of("citext", "citext")}");
        yield return Using("ltree", "Column", "add an indexed column of type ltree",
            $"alter table {table} add column path {Of("ltree", "ltree")} default 'a.b'::{Of("ltree", "ltree")}", $"create index on {table} using gist (path)");
        yield return Using("pgcrypto", "Column", "add a column that pgcrypto fills",
            $"alter table {table} add column hash pg_catalog.bytea default {Of("pgcrypto", "digest")}('a'::pg_catalog.text, 'sha256'::pg_catalog.text)");
        yield return Using("btree_gin", "Index", "create a GIN index on a uuid and a JSON document", $"create index on {table} using gin (tenant_id, data)");
        yield return Using("pg_trgm", "Index", "create a GIN index on the trigrams of a text", $"create index on {table} using gin (name {Of("pg_trgm", "gin_trgm_ops")})");
        yield return Using("btree_gist", "Index", "create an exclusion constraint on a uuid",
            $"alter table {table} add exclude using gist (tenant_id with operator(pg_catalog.=), during with operator(pg_catalog.&&))");
        yield return new(Insert, "insert a row", [$"insert into {table} default values"]) { Needs = [Table] };
        yield return Comparing("citext", "find a row by a citext", $"select from {table} where email {Operator("citext", "=")} 'a@EXAMPLE.com'::{Of("citext", "citext")}");
        yield return Comparing("ltree", "find a row by an ltree", $"select from {table} where path {Operator("ltree", "<@")} 'a'::{Of("ltree", "ltree")}");
        yield return Comparing("pg_trgm", "find a row by the trigrams of a text", $"select from {table} where name {Operator("pg_trgm", "%")} 'a nme'::pg_catalog.text");
        yield return new("Alter", "add a column, change its type and index it",
        [
            $"alter table {table} add column note pg_catalog.varchar(10) not null default 'a note'::pg_catalog.varchar",
            $"alter table {table} alter column note type pg_catalog.text",
            $"create index on {table} (note)",
        ]) { Needs = [Table] };

        string Of(string extension, string member) => $"{SqlIdentifier.Quote(SchemaOf(extension, member))}.{SqlIdentifier.Quote(member)}";

        string Operator(string extension, string member) => $"operator({SqlIdentifier.Quote(SchemaOf(extension, member))}.{member})";

        // Where it would be, for a step that is not tried.
        string SchemaOf(string extension, string member) => Find(members, extension, member)?.Schema ?? facts.Schema.Name;

        RehearsalStep Using(string extension, string kind, string what, params string[] statements) => new($"{kind}.{extension}", what, statements)
        {
            Needs = [Table, $"Extension.{extension}"],
            Extension = extension,
            Obstacle = ObstacleOf(facts, extension, members),
        };

        RehearsalStep Comparing(string extension, string what, string statement)
        {
            var column = extension == "pg_trgm" ? $"Extension.{extension}" : $"Column.{extension}";
            return Using(extension, "Compare", what, statement) with { Needs = [Insert, column] };
        }
    }

    // LangSmith's statements name none of these schemas: its search path has to reach them.
    static ServerError? ObstacleOf(ServerFacts facts, string extension, IReadOnlyList<ExtensionMember> members)
    {
        foreach (var member in Used.Where(one => one.Extension == extension).SelectMany(one => one.Members))
        {
            if (Find(members, extension, member) is not { } found)
            {
                return ServerError.NotThere($"Extension {extension} has no member named {member}.");
            }

            if (found.Schema != facts.Schema.Name && found.Schema != "pg_catalog")
            {
                return ServerError.NotThere($"{extension}'s {member} is in schema {found.Schema}.");
            }
        }

        return null;
    }

    static ExtensionMember? Find(IReadOnlyList<ExtensionMember> members, string extension, string name) =>
        members.FirstOrDefault(one => one.Extension == extension && one.Name == name);
}
