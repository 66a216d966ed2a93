
namespace LangSmithPg.Servers;

/// <summary>The kinds of names that a server lists for tab completion.</summary>
enum NameKind
{
    /// <summary>Databases that take connections.</summary>
    Database,

    /// <summary>Schemas of the connection's database, PostgreSQL's own left out.</summary>
    Schema,

    /// <summary>Roles, PostgreSQL's own left out.</summary>
    Role,
}
