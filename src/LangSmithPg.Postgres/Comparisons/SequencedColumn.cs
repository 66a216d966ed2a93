using LangSmithPg.Comparisons;
using LangSmithPg.Sql;

namespace LangSmithPg.Postgres.Comparisons;

/// <summary>The column that a sequence numbers.</summary>
/// <param name="Schema">The schema of its table.</param>
/// <param name="Table">Its table.</param>
/// <param name="Column">Its name.</param>
sealed record SequencedColumn(string Schema, string Table, string Column)
{
    /// <summary>Its name with its schema and table.</summary>
    public string FullName => $"{TableName}.{DatabaseObject.Join(schema: null, Column)}";

    /// <summary>The name of its table with its schema.</summary>
    public string TableName => DatabaseObject.Join(Schema, Table);

    /// <summary>SQL for its farthest value in the direction of the sequence, as text. An index on it answers.</summary>
    /// <param name="increment">What the sequence adds.</param>
    public string FarthestText(long increment) =>
        $"(select pg_catalog.{(increment > 0 ? "max" : "min")}({SqlIdentifier.Quote(Column)})::pg_catalog.text from {SqlIdentifier.Quote(Schema)}.{SqlIdentifier.Quote(Table)})";
}
