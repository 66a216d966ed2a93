using System.Text.Json;

namespace LangSmithPg.Comparisons;

/// <summary>A table that holds rows: a table, a partition or a materialized view.</summary>
/// <param name="Schema">Its schema.</param>
/// <param name="Name">Its name.</param>
/// <param name="RootSchema">The schema of the table whose partition it is, or its own.</param>
/// <param name="RootName">The name of the table whose partition it is, or its own.</param>
/// <param name="Bytes">Its size with its TOAST table.</param>
/// <param name="Blocks">How many blocks it has, without its TOAST table.</param>
/// <param name="IsHeap">Whether its rows have places in blocks by which a range of them can be read.</param>
/// <param name="IsReadable">Whether the role may read it.</param>
/// <param name="IsMaterializedView">Whether its rows are made from those of other tables.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Key">The columns of its primary key, or of another unique index without nulls; empty where there is none.</param>
sealed record StoredTable(
    string Schema, string Name, string RootSchema, string RootName, long Bytes, long Blocks, bool IsHeap, bool IsReadable, bool IsMaterializedView,
    IReadOnlyList<TableColumn> Columns, IReadOnlyList<string> Key)
{
    /// <summary>Reads the columns, as the server gives them.</summary>
    /// <exception cref="FormatException">They are not such.</exception>
    public static IReadOnlyList<TableColumn> ReadColumns(string? json) =>
        Read(json, one => new TableColumn(one[0].GetString()!, one[1].GetString()!, one[2].GetBoolean(), one[3].GetBoolean()));

    /// <summary>Reads the columns of the key, as the server gives them.</summary>
    /// <exception cref="FormatException">They are not such.</exception>
    public static IReadOnlyList<string> ReadKey(string? json) => Read(json, one => one.GetString()!);

    static T[] Read<T>(string? json, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(json ?? "[]");
            return [.. document.RootElement.EnumerateArray().Select(read)];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or IndexOutOfRangeException)
        {
            throw new FormatException("The server described a table in a way that is not known.", exception);
        }
    }
}
