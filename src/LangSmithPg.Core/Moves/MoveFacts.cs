using LangSmithPg.Servers;

namespace LangSmithPg.Moves;

/// <summary>What moving a database depends on, beyond the facts of its server. Asked of the source and of the target.</summary>
/// <param name="StartTime">When the server was started, to the microsecond, as the server writes it.</param>
/// <param name="DatabaseId">The database's number (<c>pg_database.oid</c>).</param>
/// <param name="Size">The database's size in bytes.</param>
/// <param name="CharacterType">The database's <c>LC_CTYPE</c>.</param>
/// <param name="LocaleProvider">Who sorts: <c>c</c> for the system's library, <c>i</c> for ICU, <c>b</c> for PostgreSQL itself.</param>
/// <param name="Locale">The locale of ICU or PostgreSQL itself, or null.</param>
/// <param name="Extensions">The installed extensions, without PL/pgSQL.</param>
/// <param name="ObjectCount">How many objects in other schemas than the system's belong to no extension.</param>
/// <param name="Objects">The first of them, tables first.</param>
/// <param name="TableCount">How many of them are tables.</param>
/// <param name="Schemas">The schemas that belong to no extension, without the system's.</param>
/// <param name="Owners">The roles that own tables, views and sequences.</param>
/// <param name="UnreadableCount">How many tables and sequences the role may not read.</param>
/// <param name="Unreadable">The first of them.</param>
/// <param name="Filtered">The tables of which row-level security shows the role only a part.</param>
/// <param name="LargeObjects">How many large objects there are.</param>
/// <param name="UnreadableLargeObjects">The first of those that the role may not read.</param>
/// <param name="Sessions">The sessions of clients in the database, without the one that asked.</param>
/// <param name="Backends">How many processes of the server are in the database, the one that asked included.</param>
/// <param name="SeesAllSessions">Whether the server shows the role what other roles' sessions do.</param>
/// <param name="PreparedTransactions">The transactions that are prepared and not decided.</param>
/// <param name="Slots">The replication slots of the database.</param>
/// <param name="Subscriptions">The subscriptions.</param>
/// <param name="Publications">The publications.</param>
/// <param name="EventTriggers">The event triggers that belong to no extension.</param>
/// <param name="ForeignServers">The foreign servers.</param>
/// <param name="Restricted">The objects that only a superuser may create.</param>
/// <param name="Settings">The settings of the database, for all roles or for one.</param>
/// <param name="Collations">The collations that somebody created.</param>
/// <param name="UsedCollations">The server's own collations that columns use.</param>
/// <param name="SystemCollations">The server's own collations for the encoding of the database.</param>
sealed record MoveFacts(
    string StartTime, long DatabaseId, long Size, string CharacterType, string LocaleProvider, string? Locale,
    IReadOnlyList<InstalledExtension> Extensions, long ObjectCount, IReadOnlyList<NamedObject> Objects, long TableCount,
    IReadOnlyList<MoveSchema> Schemas, IReadOnlyList<string> Owners, long UnreadableCount, IReadOnlyList<string> Unreadable,
    IReadOnlyList<string> Filtered, long LargeObjects, IReadOnlyList<long> UnreadableLargeObjects, IReadOnlyList<ClientSessions> Sessions,
    int Backends, bool SeesAllSessions, IReadOnlyList<string> PreparedTransactions, IReadOnlyList<string> Slots,
    IReadOnlyList<string> Subscriptions, IReadOnlyList<string> Publications, IReadOnlyList<string> EventTriggers,
    IReadOnlyList<string> ForeignServers, IReadOnlyList<NamedObject> Restricted, IReadOnlyList<SettingOverride> Settings,
    IReadOnlyList<CollationObject> Collations, IReadOnlyList<string> UsedCollations, IReadOnlyList<string> SystemCollations)
{
    /// <summary>The number that <c>initdb</c> gave the server, or null where it does not tell.</summary>
    public string? SystemIdentifier { get; init; }

    /// <summary>The extensions that the server has files for, or null where it could not read its list of them.</summary>
    public IReadOnlyList<AvailableExtension>? Available { get; init; }

    /// <summary>Why there is no <see cref="Available"/>, in the server's own words; or null.</summary>
    public string? AvailableError { get; init; }
}

/// <summary>An extension of a database.</summary>
sealed record InstalledExtension(string Name, string Version, string Schema, string Owner);

/// <summary>An extension that a server has files for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">The version that it would install.</param>
/// <param name="Trusted">Whether a role that may create in the database may install it.</param>
sealed record AvailableExtension(string Name, string Version, bool Trusted);

/// <summary>An object of a database.</summary>
/// <param name="Kind">Its kind, such as <c>table</c>.</param>
/// <param name="Name">Its name as SQL takes it.</param>
sealed record NamedObject(string Kind, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Name}";
}

/// <summary>A schema.</summary>
/// <param name="Name">Its name.</param>
/// <param name="CanCreate">Whether the role may create objects in it.</param>
/// <param name="HasObjects">Whether something in it belongs to no extension.</param>
sealed record MoveSchema(string Name, bool CanCreate, bool HasObjects);

/// <summary>Sessions of one application and one role.</summary>
/// <param name="User">The role.</param>
/// <param name="Application">What the application calls itself, or the empty text.</param>
/// <param name="State">What they do, or the empty text where it is hidden.</param>
/// <param name="Writes">Whether they have changed something in a transaction that is still open.</param>
/// <param name="Count">How many they are.</param>
sealed record ClientSessions(string User, string Application, string State, bool Writes, int Count);

/// <summary>A collation that somebody created.</summary>
/// <param name="Name">Its name as SQL takes it.</param>
/// <param name="Provider">As <see cref="MoveFacts.LocaleProvider"/>.</param>
/// <param name="Locale">Its locale, or null.</param>
sealed record CollationObject(string Name, string Provider, string? Locale);
