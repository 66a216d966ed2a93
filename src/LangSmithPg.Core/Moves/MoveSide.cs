using LangSmithPg.Connections;
using LangSmithPg.Servers;

namespace LangSmithPg.Moves;

/// <summary>One side of a move whose facts are known.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Server">What the server says.</param>
/// <param name="Facts">What moving depends on.</param>
sealed record MoveSide(PgConnectionString Connection, ServerFacts Server, MoveFacts Facts)
{
    /// <summary>The schemas in which something belongs to no extension, and those that are not <c>public</c>.</summary>
    public IEnumerable<MoveSchema> OwnSchemas => Facts.Schemas.Where(schema => schema.HasObjects || schema.Name != PgConnectionString.DefaultSchema);
}
