
namespace LangSmithPg.Servers;

/// <summary>What keeps a server from working well for years. A role may be kept from reading it.</summary>
/// <param name="CollationVersion">The version of its collation that the database was made with; null where it has none or does not tell.</param>
/// <param name="ActualCollationVersion">The version that the server's libraries have today, likewise.</param>
/// <param name="PreparedTransactions">Transactions of the database that were prepared and neither committed nor rolled back.</param>
/// <param name="Slots">Replication slots that nobody uses.</param>
/// <param name="Standbys">Standbys that are connected.</param>
/// <param name="SynchronousStandbys">How many of them are synchronous; null where the role may not see it.</param>
/// <param name="DefaultTablespace">The tablespace that tables are created in, where it is not the database's own; or null.</param>
/// <param name="CanCreateInTablespace">Whether the role may create there; null without such a tablespace.</param>
/// <param name="DefaultPrivileges">To whom the role's new tables and sequences are opened by itself; <c>PUBLIC</c> for everybody.</param>
public sealed record ServerHealth(
    string? CollationVersion,
    string? ActualCollationVersion,
    IReadOnlyList<PreparedTransaction> PreparedTransactions,
    IReadOnlyList<UnusedSlot> Slots,
    int Standbys,
    int? SynchronousStandbys,
    string? DefaultTablespace,
    bool? CanCreateInTablespace,
    IReadOnlyList<string> DefaultPrivileges);

/// <summary>A replication slot that nobody uses, for which the server keeps its log.</summary>
/// <param name="Name">Its name.</param>
/// <param name="RetainedBytes">How much it keeps; null where that is not known.</param>
public sealed record UnusedSlot(string Name, long? RetainedBytes);

/// <summary>A transaction that was prepared for a two-phase commit.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Owner">The role that prepared it.</param>
/// <param name="Seconds">How long ago.</param>
public sealed record PreparedTransaction(string Id, string Owner, long Seconds);
