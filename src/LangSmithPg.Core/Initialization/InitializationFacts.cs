namespace LangSmithPg.Initialization;

/// <summary>What a server says of a role and a database, as the administrator who looks sees it from one database.</summary>
/// <param name="Role">The role, or null when there is none of that name.</param>
/// <param name="Database">The database, or null when there is none of that name.</param>
/// <param name="TemplateEncoding">The encoding of <c>template0</c>.</param>
/// <param name="TemplateCollation">The collation of <c>template0</c>.</param>
/// <param name="SelfGrant">The setting <c>createrole_self_grant</c>: what whoever creates a role is granted of it.</param>
/// <param name="RoleSettings">What is set for the role in that database, such as <c>statement_timeout=0</c>.</param>
/// <param name="DatabaseSettings">What is set for every role in that database.</param>
/// <param name="SchemaExists">Whether the database that is looked from has the schema.</param>
/// <param name="SchemaFollowsDatabase">Whether the schema belongs to whoever owns the database.</param>
/// <param name="CanUseSchema">Whether the role may use the schema and create in it, or everybody where the role does not exist.</param>
/// <param name="HasForeignObjects">Whether the database that is looked from has tables or the like that the role does not own.</param>
sealed record InitializationFacts(
    InitializationRole? Role,
    InitializationDatabase? Database,
    string TemplateEncoding,
    string TemplateCollation,
    string SelfGrant,
    IReadOnlyList<string> RoleSettings,
    IReadOnlyList<string> DatabaseSettings,
    bool SchemaExists,
    bool SchemaFollowsDatabase,
    bool CanUseSchema,
    bool HasForeignObjects);

/// <summary>The role, and what whoever looks may do with it.</summary>
/// <param name="IsBuiltIn">Whether it came with the server.</param>
/// <param name="IsAdmin">Whether it is a superuser, or a member of what the clouds have in place of one.</param>
/// <param name="CanLogIn">Whether it may log in.</param>
/// <param name="CanUse">Whether whoever looks has its privileges.</param>
/// <param name="CanSet">Whether whoever looks may take its place: <c>SET ROLE</c>.</param>
/// <param name="CanAdmin">Whether whoever looks may grant it.</param>
/// <param name="CanConnect">Whether it may connect to the database.</param>
/// <param name="CanCreate">Whether it may create schemas and extensions in the database.</param>
/// <param name="CanCreateTemporary">Whether it may create temporary tables in the database.</param>
sealed record InitializationRole(
    bool IsBuiltIn, bool IsAdmin, bool CanLogIn, bool CanUse, bool CanSet, bool CanAdmin, bool CanConnect, bool CanCreate, bool CanCreateTemporary);

/// <summary>The database.</summary>
/// <param name="Owner">The role that owns it.</param>
/// <param name="Encoding">Its encoding.</param>
/// <param name="IsOfServer">Whether it is a template, or takes no connections.</param>
sealed record InitializationDatabase(string Owner, string Encoding, bool IsOfServer);
