using System.Globalization;
using LangSmithPg.Sql;

namespace LangSmithPg.Comparisons;

/// <summary>
/// SQL by which a server computes 64 bits of a row. The text of each column is hashed with the hash of those before it as the seed, so that
/// the place of a value counts, and nothing is copied together. PostgreSQL 14 to 18 compute the same, and no row leaves its server.
/// Source: PostgreSQL source code, <c>hash_bytes_extended</c> in src/common/hashfn.c.
/// </summary>
/// <param name="Seed">The seed, by chance.</param>
/// <param name="Null">What stands for null: a text by chance, that no value is.</param>
/// <param name="IsConverted">Whether the databases have different encodings, and every text is hashed as UTF-8.</param>
sealed record RowHash(long Seed, string Null, bool IsConverted)
{
    // An expression of a server has its limits in depth.
    const int MaximumDepth = 100;

    /// <summary>What a server must answer to hash as the other does.</summary>
    public const string Probe = "pg_catalog.hashtextextended('LangSmithPg' collate pg_catalog.\"C\", 42)";

    /// <summary>Creates one by chance: whoever wrote the rows does not know what stands for null.</summary>
    /// <param name="isConverted">Whether the databases have different encodings.</param>
    public static RowHash Create(bool isConverted) => new(Random.Shared.NextInt64(), Guid.NewGuid().ToString("N"), isConverted);

    /// <summary>The hash of columns, as a bigint.</summary>
    /// <param name="columns">The columns.</param>
    public string Of(IReadOnlyList<TableColumn> columns)
    {
        var seed = Seed.ToString(CultureInfo.InvariantCulture);
        return columns.Count > MaximumDepth
            ? Hash($"row({string.Join(", ", columns.Select(column => SqlIdentifier.Quote(column.Name)))})::pg_catalog.text", seed)
            : columns.Aggregate($"'{seed}'::pg_catalog.int8", (hash, column) => Hash(Text(column), hash));
    }

    /// <summary>The hash of one column.</summary>
    /// <param name="column">The column.</param>
    public string Of(TableColumn column) => Hash(Text(column), $"'{Seed.ToString(CultureInfo.InvariantCulture)}'::pg_catalog.int8");

    string Hash(string text, string seed) =>
        $"pg_catalog.hashtextextended({(IsConverted ? $"pg_catalog.encode(pg_catalog.convert_to({text}, 'UTF8'), 'hex')" : text)} collate pg_catalog.\"C\", {seed})";

    // A cast of a type that others made may be a function of theirs. That of a row writes null in its own way.
    string Text(TableColumn column)
    {
        var name = SqlIdentifier.Quote(column.Name);
        var text = $"{name}::pg_catalog.text";
        return !column.IsPlain ? $"row({name})::pg_catalog.text" : column.IsNotNull ? text : $"coalesce({text}, '{Null}')";
    }
}
