namespace LangSmithPg.Postgres.Names;

/// <summary>What names to list.</summary>
public enum NameKind
{
    /// <summary>Databases that take connections.</summary>
    Database,

    /// <summary>Schemas of the connection's database, PostgreSQL's own left out.</summary>
    Schema,

    /// <summary>Roles, PostgreSQL's own left out.</summary>
    Role,
}
