using LangSmithPg.Servers;
using LangSmithPg.Sql;

namespace LangSmithPg.Readiness.Rehearsing;

/// <summary>What a rehearsal does: a small copy of what LangSmith's migrations do.</summary>
public static class RehearsalPlan
{
    /// <summary>The opening step, which everything else builds on.</summary>
    public const string Transaction = "Transaction";

    const string Schema = "Schema";
    const string Table = "Table";

    /// <summary>Plans the steps, in their order. None for a server that takes no writes.</summary>
    /// <param name="facts">What the server says.</param>
    /// <param name="table">A name for the table that is not taken.</param>
    public static IReadOnlyList<RehearsalStep> For(ServerFacts facts, string table)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(table);
        return facts.Server.InRecovery || facts.Server.ReadOnlyByDefault
            ? []
            : [new(Transaction, "open a transaction that writes", ["begin"]), .. BuildOn(Transaction, [.. Steps(facts, SqlIdentifier.Quote(table))])];
    }

    static IEnumerable<RehearsalStep> Steps(ServerFacts facts, string table)
    {
        var schema = facts.Schema;
        if (!schema.Exists)
        {
            yield return new(Schema, $"create schema {schema.Name}", [$"create schema {SqlIdentifier.Quote(schema.Name)}"]);
        }

        foreach (var extension in facts.Extensions)
        {
            var what = extension.InstalledVersion is null ? $"install extension {extension.Name}" : $"go on, as extension {extension.Name} is installed";
            yield return new($"Extension.{extension.Name}", what, [$"create extension if not exists {SqlIdentifier.Quote(extension.Name)}"])
            {
                Needs = [Schema],
                Extension = extension.Name,
            };
        }

        yield return new(Table, $"create a table in schema {schema.Name}",
        [
            $"""
            create table {table} (
              id uuid primary key default gen_random_uuid(), tenant_id bigint not null default 1, name text not null default 'a name',
              during tstzrange not null default tstzrange(now(), null))
            """,
        ]) { Needs = [Schema] };
        yield return Using("citext", "Column", "have a unique column of type citext", $"alter table {table} add column email citext unique default 'A@example.com'");
        yield return Using("ltree", "Column", "have an indexed column of type ltree",
            $"alter table {table} add column path ltree default 'a.b'", $"create index on {table} using gist (path)");
        yield return Using("pgcrypto", "Column", "have a column that pgcrypto fills", $"alter table {table} add column hash bytea default digest('a', 'sha256')");
        yield return Using("btree_gin", "Index", "create a GIN index over a number", $"create index on {table} using gin (tenant_id)");
        yield return Using("pg_trgm", "Index", "create a GIN index over a text's trigrams", $"create index on {table} using gin (name gin_trgm_ops)");
        yield return Using("btree_gist", "Index", "create an exclusion constraint over a number",
            $"alter table {table} add exclude using gist (tenant_id with =, during with &&)");
        yield return new("Insert", "insert a row", [$"insert into {table} default values"]) { Needs = [Table] };
        yield return new("Alter", "add a column, change its type and index it",
        [
            $"alter table {table} add column note varchar(10) not null default 'a note'",
            $"alter table {table} alter column note type text",
            $"create index on {table} (note)",
        ]) { Needs = [Table] };
    }

    static RehearsalStep Using(string extension, string kind, string what, params string[] statements) =>
        new($"{kind}.{extension}", what, statements) { Needs = [Table, $"Extension.{extension}"], Extension = extension };

    // A step that is not in the plan, as its work is done already, stands in nobody's way.
    static IEnumerable<RehearsalStep> BuildOn(string first, IReadOnlyList<RehearsalStep> steps) => steps.Select(step =>
        step with { Needs = [first, .. step.Needs.Where(need => steps.Any(other => other.Name == need))] });
}
