using System.Text.Json;
using System.Text.RegularExpressions;
using LangSmithPg.Sql;

namespace LangSmithPg.Comparisons;

/// <summary>An object of a database with everything that defines it.</summary>
/// <param name="Kind">The kind of object.</param>
/// <param name="Schema">Its schema, or null where it stands in none.</param>
/// <param name="Name">Its name; that of its table where it is a part of one.</param>
/// <param name="Member">The name of the part, or null.</param>
/// <param name="Properties">What defines it, by name. What is not set is absent.</param>
sealed partial record DatabaseObject(ObjectKind Kind, string? Schema, string Name, string? Member, IReadOnlyDictionary<string, string> Properties)
{
    /// <summary>What identifies it in its database.</summary>
    public (ObjectKind Kind, string? Schema, string Name, string? Member) Key => (Kind, Schema, Name, Member);

    /// <summary>Its name as SQL writes it, with quotes only where they are needed.</summary>
    public string FullName => this switch
    {
        { Kind: ObjectKind.Index } => Join(Schema, Member!),
        // Arguments follow the name.
        { Kind: ObjectKind.Function or ObjectKind.Operator or ObjectKind.Cast } => Schema is null ? Name : $"{Quote(Schema)}.{Name}",
        { Member: null } => Join(Schema, Name),
        _ => $"{Join(Schema, Name)}.{Quote(Member)}",
    };

    /// <summary>Creates it from what the server says.</summary>
    /// <exception cref="FormatException">It is not such an answer.</exception>
    public static DatabaseObject Read(string kind, string? schema, string name, string? member, string properties)
    {
        try
        {
            using var document = JsonDocument.Parse(properties);
            return new(
                Enum.Parse<ObjectKind>(kind), schema, name, member,
                document.RootElement.EnumerateObject().ToDictionary(one => one.Name, one => one.Value.ToString()));
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            throw new FormatException("The server described an object of the database in a way that is not known.", exception);
        }
    }

    /// <summary>A name with its schema, with quotes only where they are needed.</summary>
    public static string Join(string? schema, string name) => schema is null ? Quote(name) : $"{Quote(schema)}.{Quote(name)}";

    static string Quote(string name) => Plain().IsMatch(name) ? name : SqlIdentifier.Quote(name);

    [GeneratedRegex(@"\A[a-z_][a-z0-9_]*\z")]
    private static partial Regex Plain();
}
