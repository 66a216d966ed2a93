namespace LangSmithPg.Health;

/// <summary>What goes on in a server. Lists are bounded, worst first.</summary>
/// <param name="Time">The server's clock.</param>
/// <param name="SeesSessions">Whether the server shows the role what other roles' sessions do.</param>
/// <param name="HiddenSessions">How many sessions of the database do something that it does not show.</param>
/// <param name="Settings">Values of the settings that rules look at; sizes in bytes.</param>
/// <param name="Databases">The databases of the server, those with the oldest transaction and multixact ids.</param>
/// <param name="Holders">What keeps VACUUM from removing rows of the database, the oldest first.</param>
/// <param name="Transactions">The sessions of clients in the database that are in a transaction, the longest first.</param>
/// <param name="IdleInTransaction">Those of them that do nothing, the longest idle first.</param>
/// <param name="Waiting">How many sessions of the database wait for a lock.</param>
/// <param name="Blocked">Those that wait longest.</param>
/// <param name="Blockers">The sessions of the database that they wait for.</param>
/// <param name="Slots">The replication slots of the server.</param>
/// <param name="StatisticsSince">Since when the server counts, or null where that is not known.</param>
/// <param name="TemporaryFiles">How many temporary files queries in the database have written since.</param>
/// <param name="TemporaryBytes">Their size.</param>
/// <param name="BlocksRead">How many blocks of the database were not in the server's memory.</param>
/// <param name="BlocksHit">How many were.</param>
/// <param name="Checkpoints">How often the server has written its changed blocks to disk.</param>
sealed record ActivityFacts(
    DateTimeOffset Time, bool SeesSessions, int HiddenSessions, IReadOnlyDictionary<string, string> Settings, IReadOnlyList<DatabaseAge> Databases,
    IReadOnlyList<Holder> Holders, IReadOnlyList<SessionFacts> Transactions, IReadOnlyList<SessionFacts> IdleInTransaction, int Waiting,
    IReadOnlyList<BlockedSession> Blocked, IReadOnlyList<SessionFacts> Blockers, IReadOnlyList<SlotFacts> Slots,
    DateTimeOffset? StatisticsSince, long TemporaryFiles, long TemporaryBytes, long BlocksRead, long BlocksHit, CheckpointCounts Checkpoints)
{
    /// <summary>How long the server has counted; null where that is not known.</summary>
    public TimeSpan? StatisticsAge => Time - StatisticsSince;

    /// <summary>The value of a setting that is a number; null where the server has none.</summary>
    /// <param name="name">Its name.</param>
    public long? Number(string name) =>
        long.TryParse(Settings.GetValueOrDefault(name), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>How many transaction ids and multixact ids a database has used since its oldest ones.</summary>
sealed record DatabaseAge(string Name, long TransactionAge, long MultixactAge);

/// <summary>Something that still needs old rows.</summary>
/// <param name="Kind"><c>session</c>, <c>standby</c>, <c>slot</c> or <c>prepared</c>, a prepared transaction.</param>
/// <param name="Name">Process id, application, or name.</param>
/// <param name="Age">How many transactions ago it began to.</param>
/// <param name="Session">The session, where it is one.</param>
sealed record Holder(string Kind, string Name, long Age, SessionFacts? Session);

/// <summary>A session of a client.</summary>
/// <param name="Pid">Its process id.</param>
/// <param name="User">The role.</param>
/// <param name="Application">What the application calls itself, or the empty text.</param>
/// <param name="State">What it does; null where that is hidden.</param>
/// <param name="Started">When it began, as the server writes it; null where that is hidden.</param>
/// <param name="TransactionSeconds">For how long it has been in its transaction; null without one and where that is hidden.</param>
/// <param name="StateSeconds">For how long it has done so; null where that is hidden.</param>
sealed record SessionFacts(int Pid, string User, string Application, string? State, string? Started, long? TransactionSeconds, long? StateSeconds);

/// <summary>A session that waits for a lock.</summary>
/// <param name="Session">The session.</param>
/// <param name="Seconds">For how long.</param>
/// <param name="Blockers">The processes that it waits for; 0 is a prepared transaction.</param>
sealed record BlockedSession(SessionFacts Session, long Seconds, IReadOnlyList<int> Blockers);

/// <summary>A replication slot.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type"><c>physical</c> or <c>logical</c>.</param>
/// <param name="Active">Whether somebody reads it.</param>
/// <param name="WalStatus">Whether the WAL that it needs is still there; null where it needs none.</param>
/// <param name="RetainedBytes">How much WAL it needs; null where it needs none.</param>
sealed record SlotFacts(string Name, string Type, bool Active, string? WalStatus, long? RetainedBytes);

/// <summary>How often a server has written its changed blocks to disk.</summary>
/// <param name="Timed">Because it was time.</param>
/// <param name="Requested">Because there was too much WAL, or somebody asked.</param>
sealed record CheckpointCounts(long Timed, long Requested);
