using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Servers;
using LangSmithPg.Sql;

namespace LangSmithPg.Readiness.Rules;

/// <summary>Whether the server keeps what is committed, and goes on working well.</summary>
sealed class HealthRule : IReadinessRule
{
    // A log of this size is more than a standby that restarts leaves behind.
    const long MuchLog = 1L << 30;

    // A transaction manager is done within this time.
    const int LongInDoubt = 60;

    const long Kibibyte = 1024;
    const long SmallTemporary = 1L << 30;

    static readonly string[] Safe = ["fsync", "full_page_writes"];
    static readonly string[] Durable = [.. Safe, "synchronous_commit", "data_checksums"];
    static readonly string[] Cleaning = ["autovacuum", "track_counts"];

    public IEnumerable<Finding> Judge(ReadinessInput input)
    {
        yield return Durability(input);
        yield return Maintenance(input);
        yield return Backup(input);
        yield return TemporaryFiles(input);
        var health = input.Facts.Health;
        yield return input.Finding("Server.Health", health is null ? FindingStatus.Unknown : FindingStatus.Pass,
            $"The server {(health is null ? "does not let" : "lets")} role {input.Facts.Role.Name} see its standbys, slots, prepared transactions and collations.") with
        {
            Evidence = input.Facts.HealthError,
            Why = "Each of them can stop a server that looks well.",
            Fix = health is null ? "Ask whoever runs the server, or look as a role with pg_monitor." : null,
        };
        if (health is null)
        {
            yield break;
        }

        yield return Standbys(input, health);
        yield return Slots(input, health);
        yield return Prepared(input, health);
        yield return Collation(input, health);
        yield return Tablespace(input, health);
        yield return DefaultPrivileges(input, health);
    }

    static Finding Durability(ReadinessInput input)
    {
        List<string> off = [.. Safe.Where(setting => input.Facts.Setting(setting) == "off")];
        return input.Finding("Server.Durability", off.Count > 0 ? FindingStatus.Warning : FindingStatus.Pass,
            off.Count > 0 ? $"{Are(off)} off: a crash of the server can destroy the database." : "What is committed survives a crash of the server.") with
        {
            Evidence = string.Join("; ", Durable.Where(setting => input.Facts.Setting(setting) is not null).Select(setting => $"{setting} = {input.Facts.Setting(setting)}")),
            Why = "Runs, datasets and users are kept there alone.",
            Fix = SwitchOn(off),
        };
    }

    static Finding Maintenance(ReadinessInput input)
    {
        List<string> off = [.. Cleaning.Where(setting => input.Facts.Setting(setting) == "off")];
        return input.Finding("Server.Maintenance", off.Count > 0 ? FindingStatus.Warning : FindingStatus.Pass,
            off.Count > 0 ? $"{Are(off)} off: tables grow without end, and statistics grow old." : "The server cleans its tables up by itself.") with
        {
            Why = "LangSmith changes rows all the time; without autovacuum its queries become slow, and the disk full.",
            Fix = SwitchOn(off),
        };
    }

    static Finding Backup(ReadinessInput input)
    {
        var isArchived = input.Facts.Setting("archive_mode") is "on" or "always";
        var isCloud = input.Facts.Provider != ServerProvider.Unknown;
        return input.Finding("Server.Backup", isArchived && !isCloud ? FindingStatus.Pass : FindingStatus.Unknown,
            isCloud ? "Whether the cloud backs the server up cannot be told from here."
            : isArchived ? "The server archives its log, by which a backup comes back to any moment."
            : "The server does not archive its log; whether it is backed up in another way cannot be told from here.") with
        {
            Evidence = $"archive_mode = {input.Facts.Setting("archive_mode") ?? "not known"}",
            Why = "LangSmith has no backup of its own.",
            Fix = isArchived && !isCloud ? null : isCloud ? "Check the retention of backups in the cloud's portal." : "Check that backups are made, and try one out.",
        };
    }

    static Finding TemporaryFiles(ReadinessInput input)
    {
        var limit = long.TryParse(input.Facts.Setting("temp_file_limit"), CultureInfo.InvariantCulture, out var kibibytes) ? kibibytes * Kibibyte : -1;
        var isSmall = limit is >= 0 and < SmallTemporary;
        return input.Finding("Session.TemporaryFiles", isSmall ? FindingStatus.Warning : FindingStatus.Pass,
            isSmall ? $"A session may write {limit / (1 << 20)} MB of temporary files (temp_file_limit), and an index over a large table needs more." : "Temporary files have no limit that gets in LangSmith's way.") with
        {
            Why = "Sorting and the creation of indexes use temporary files.",
            Fix = isSmall ? $"ALTER ROLE {SqlIdentifier.Quote(input.Facts.Role.SessionUser)} IN DATABASE {SqlIdentifier.Quote(input.Facts.Database.Name)} SET temp_file_limit = -1; -- as a superuser" : null,
        };
    }

    static Finding Standbys(ReadinessInput input, ServerHealth health)
    {
        var names = input.Facts.Setting("synchronous_standby_names") ?? "";
        var waits = names.Length > 0 && input.Facts.Setting("synchronous_commit") is not ("off" or "local");
        var (status, message) = (waits, health) switch
        {
            (false, _) => (FindingStatus.Pass, "No COMMIT waits for a standby."),
            (_, { Standbys: 0 }) or (_, { SynchronousStandbys: 0 }) => (FindingStatus.Fail, "Every COMMIT waits for a synchronous standby, and there is none."),
            (_, { SynchronousStandbys: null }) => (FindingStatus.Unknown, $"Every COMMIT waits for a synchronous standby, and role {input.Facts.Role.Name} may not see whether there is one."),
            _ => (FindingStatus.Pass, "Every COMMIT waits for a synchronous standby, which is there."),
        };
        return input.Finding("Server.SynchronousStandby", status, message) with
        {
            Evidence = waits ? $"synchronous_standby_names = {names}; standbys: {health.Standbys}" : null,
            Why = "A COMMIT that waits for a standby that is down waits for ever.",
            Fix = status switch
            {
                FindingStatus.Fail => "ALTER SYSTEM SET synchronous_standby_names = '';\nSELECT pg_reload_conf();",
                FindingStatus.Unknown => $"GRANT pg_monitor TO {SqlIdentifier.Quote(input.Facts.Role.Name)}; -- as a superuser; or look into pg_stat_replication",
                _ => null,
            },
        };
    }

    static Finding Slots(ReadinessInput input, ServerHealth health)
    {
        List<UnusedSlot> greedy = [.. health.Slots.Where(slot => slot.RetainedBytes > MuchLog)];
        return input.Finding("Server.ReplicationSlots", greedy.Count > 0 ? FindingStatus.Warning : FindingStatus.Pass,
            greedy.Count == 0
                ? "No unused replication slot keeps much of the server's log."
                : string.Join(' ', greedy.Select(slot => $"Replication slot {slot.Name} is used by nobody and keeps {slot.RetainedBytes / (1 << 20)} MB of the server's log."))) with
        {
            Evidence = health.Slots.Count == 0 ? null : string.Join("; ", health.Slots.Select(slot => $"{slot.Name}: {slot.RetainedBytes?.ToString(CultureInfo.InvariantCulture) ?? "?"} bytes")),
            Why = "The server keeps its log for such a slot until the disk is full.",
            Fix = greedy.Count == 0
                ? null
                : "-- Only where nobody will come back for it.\n" + string.Join('\n', greedy.Select(slot => $"SELECT pg_drop_replication_slot({SqlLiteral.Quote(slot.Name)});")),
        };
    }

    static Finding Prepared(ReadinessInput input, ServerHealth health)
    {
        List<PreparedTransaction> old = [.. health.PreparedTransactions.Where(one => one.Seconds >= LongInDoubt)];
        return input.Finding("Database.PreparedTransactions", old.Count > 0 ? FindingStatus.Warning : FindingStatus.Pass,
            old.Count == 0
                ? "No prepared transaction is in doubt."
                : $"{(old.Count == 1 ? "A prepared transaction is" : $"{old.Count} prepared transactions are")} in doubt, and {(old.Count == 1 ? "holds its" : "hold their")} locks.") with
        {
            Evidence = health.PreparedTransactions.Count == 0 ? null : string.Join("; ", health.PreparedTransactions.Select(one => $"{one.Id} of {one.Owner}, for {one.Seconds} s")),
            Why = "A migration waits for such a lock for ever, and pg_blocking_pids names nobody.",
            Fix = old.Count == 0
                ? null
                : "-- Or COMMIT PREPARED, as the application that prepared it has decided.\n" + string.Join('\n', old.Select(one => $"ROLLBACK PREPARED {SqlLiteral.Quote(one.Id)};")),
        };
    }

    static Finding Collation(ReadinessInput input, ServerHealth health)
    {
        var (made, actual) = (health.CollationVersion, health.ActualCollationVersion);
        var differs = made is not null && actual is not null && made != actual;
        return input.Finding("Database.CollationVersion", made is null || actual is null ? FindingStatus.NotApplicable : differs ? FindingStatus.Warning : FindingStatus.Pass,
            made is null || actual is null ? "The database's collation has no version, or the server does not tell it."
            : differs ? $"The database was made with version {made} of its collation, and the server's libraries have {actual}."
            : $"The database's collation is of version {made}, as the server's libraries are.") with
        {
            Why = "Where texts sort otherwise, indexes over texts find the wrong rows, and unique ones let doubles in.",
            Fix = differs
                ? $"REINDEX DATABASE {SqlIdentifier.Quote(input.Facts.Database.Name)}; -- as its owner; nobody can write meanwhile\nALTER DATABASE {SqlIdentifier.Quote(input.Facts.Database.Name)} REFRESH COLLATION VERSION;"
                : null,
        };
    }

    static Finding Tablespace(ReadinessInput input, ServerHealth health)
    {
        var closed = health.CanCreateInTablespace is false;
        return input.Finding("Database.Tablespace", closed ? FindingStatus.Fail : FindingStatus.Pass,
            health.DefaultTablespace is not { } name ? "Tables are created in the database's own tablespace."
            : closed ? $"Tables are created in tablespace {name} (default_tablespace), and role {input.Facts.Role.Name} may not create there."
            : $"Tables are created in tablespace {name}, where role {input.Facts.Role.Name} may create.") with
        {
            Why = "Every table and index of LangSmith is created there.",
            Fix = closed ? $"GRANT CREATE ON TABLESPACE {SqlIdentifier.Quote(health.DefaultTablespace!)} TO {SqlIdentifier.Quote(input.Facts.Role.Name)};" : null,
        };
    }

    static Finding DefaultPrivileges(ReadinessInput input, ServerHealth health)
    {
        var others = health.DefaultPrivileges;
        return input.Finding("Schema.DefaultPrivileges", others.Count > 0 ? FindingStatus.Warning : FindingStatus.Pass,
            others.Count > 0
                ? $"What role {input.Facts.Role.Name} creates is opened to {string.Join(", ", others)} by default privileges."
                : $"What role {input.Facts.Role.Name} creates is opened to nobody else by default privileges.") with
        {
            Why = "LangSmith's tables hold prompts, traces and API keys' hashes.",
            Fix = others.Count == 0 ? null : string.Join('\n', others.SelectMany(other => Revokes(input, other))),
        };
    }

    // What is set for a schema and what is set for all are two things.
    static IEnumerable<string> Revokes(ReadinessInput input, string other)
    {
        var (role, schema) = (SqlIdentifier.Quote(input.Facts.Role.Name), SqlIdentifier.Quote(input.Facts.Schema.Name));
        var whom = other == "PUBLIC" ? other : SqlIdentifier.Quote(other);
        foreach (var kind in (string[])["TABLES", "SEQUENCES"])
        {
            yield return $"ALTER DEFAULT PRIVILEGES FOR ROLE {role} REVOKE ALL ON {kind} FROM {whom};";
            yield return $"ALTER DEFAULT PRIVILEGES FOR ROLE {role} IN SCHEMA {schema} REVOKE ALL ON {kind} FROM {whom};";
        }
    }

    static string? SwitchOn(List<string> off) =>
        off.Count > 0 ? $"{string.Join('\n', off.Select(setting => $"ALTER SYSTEM SET {setting} = on;"))}\nSELECT pg_reload_conf();" : null;

    static string Are(List<string> settings) => $"{string.Join(" and ", settings)} {(settings.Count == 1 ? "is" : "are")}";
}
