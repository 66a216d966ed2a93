using System.Text.Json;
using System.Text.Json.Serialization;

namespace LangSmithPg.Comparisons;

/// <summary>A table that an earlier run found equal, and how to tell that its rows have not changed since.</summary>
/// <param name="Name">Its name with its schema.</param>
/// <param name="Reference">What the reference's server says of it, see stamps.sql.</param>
/// <param name="Difference">What the other server says of it.</param>
/// <param name="Columns">The columns that were compared.</param>
/// <param name="Rows">How many rows it has.</param>
/// <param name="At">When it was compared, in UTC.</param>
sealed record KnownTable(string Name, string Reference, string Difference, string Columns, long Rows, DateTime At)
{
    /// <summary>One line of a file.</summary>
    public string ToLine() => JsonSerializer.Serialize(this, KnownTableContext.Default.KnownTable);

    /// <summary>Reads the lines of a file. One that is cut off, as the run was, is left out.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is something else.</exception>
    public static IReadOnlyDictionary<string, KnownTable> Read(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var tables = lines.Select(Parse).ToList();
        return lines.Length > 0 && tables.TrueForAll(table => table is null) && !lines[0].StartsWith('{')
            ? throw new FormatException("It is not a file that Compare-LangSmithPgDatabase wrote.")
            : tables.OfType<KnownTable>().GroupBy(table => table.Name).ToDictionary(group => group.Key, group => group.Last());
    }

    static KnownTable? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, KnownTableContext.Default.KnownTable) is { Name: not null, Reference: not null, Difference: not null, Columns: not null } table ? table : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(KnownTable))]
sealed partial class KnownTableContext : JsonSerializerContext;
