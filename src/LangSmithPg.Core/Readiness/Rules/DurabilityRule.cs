using System.Globalization;
using LangSmithPg.Clouds;
using LangSmithPg.Common;
using LangSmithPg.Findings;

namespace LangSmithPg.Readiness.Rules;

/// <summary>Whether the server keeps what is committed, cleans up by itself, and is backed up.</summary>
sealed class DurabilityRule : IReadinessRule
{
    static readonly string[] Safe = ["fsync", "full_page_writes"];
    static readonly string[] Durable = [.. Safe, "synchronous_commit", "data_checksums"];
    static readonly string[] Cleaning = ["autovacuum", "track_counts"];

    // The least that Azure allows, and what the consoles of Amazon and Google propose.
    const int MinimumBackupDays = 7;

    const string NoBackup = "LangSmith has no backup of its own.";

    public IEnumerable<Finding> Evaluate(ReadinessInput input)
    {
        yield return Durability(input);
        yield return Maintenance(input);
        yield return Backup(input);
    }

    static Finding Durability(ReadinessInput input)
    {
        List<string> off = [.. Safe.Where(setting => input.Facts.Setting(setting) == "off")];
        return input.Finding("Server.Durability", off.Count > 0 ? FindingStatus.Warning : FindingStatus.Pass,
            off.Count > 0 ? $"{Are(off)} off: a server crash can corrupt the database." : "Committed data survives a crash of the server.") with
        {
            Evidence = string.Join("; ", Durable.Where(setting => input.Facts.Setting(setting) is not null).Select(setting => $"{setting} = {input.Facts.Setting(setting)}")),
            Why = "Runs, datasets and users are stored only in this database.",
            Fix = SwitchOn(off),
        };
    }

    static Finding Maintenance(ReadinessInput input)
    {
        List<string> off = [.. Cleaning.Where(setting => input.Facts.Setting(setting) == "off")];
        return input.Finding("Server.Maintenance", off.Count > 0 ? FindingStatus.Warning : FindingStatus.Pass,
            off.Count > 0 ? $"{Are(off)} off: tables grow without limit, and statistics become outdated." : "The server vacuums its tables automatically.") with
        {
            Why = "LangSmith changes rows continuously; without autovacuum, its queries become slow and the disk fills up.",
            Fix = SwitchOn(off),
        };
    }

    static Finding Backup(ReadinessInput input)
    {
        if (input.Connection.Server is { BackupRetentionDays: { } days } server)
        {
            return CloudBackup(input, server, days);
        }

        var isArchived = input.Facts.Setting("archive_mode") is "on" or "always";
        var isCloud = input.Facts.Provider != ServerProvider.Unknown;
        return input.Finding("Server.Backup", isArchived && !isCloud ? FindingStatus.Pass : FindingStatus.Unknown,
            isCloud ? "Whether the cloud backs up the server cannot be determined with SQL."
            : isArchived ? "The server archives its write-ahead log (WAL), which allows point-in-time recovery."
            : "The server does not archive its write-ahead log (WAL); whether it is backed up in another way cannot be determined with SQL.") with
        {
            Evidence = $"archive_mode = {input.Facts.Setting("archive_mode") ?? "not known"}",
            Why = NoBackup,
            Fix = isArchived && !isCloud ? null : isCloud ? "Check the backup retention in the cloud's portal." : "Check that backups are taken, and test a restore.",
        };
    }

    static Finding CloudBackup(ReadinessInput input, CloudServer server, int days)
    {
        var kept = days == 1 ? "1 day" : string.Create(CultureInfo.InvariantCulture, $"{days} days");
        var (isEnough, message) = (days, server.RestoresPointInTime) switch
        {
            (0, _) => (false, "The cloud does not back up the server."),
            (_, false) => (false, "The cloud backs up the server, but cannot restore it to a point in time."),
            ( < MinimumBackupDays, _) => (false, $"The cloud keeps backups of the server for {kept} only."),
            _ => (true, $"The cloud backs up the server and keeps the backups for {kept}."),
        };
        return input.Finding("Server.Backup", isEnough ? FindingStatus.Pass : FindingStatus.Warning, message) with
        {
            Evidence = server.LatestRestorableTime is { } latest ? string.Create(CultureInfo.InvariantCulture, $"latest restorable time {latest.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z") : null,
            Why = NoBackup,
            Fix = isEnough ? null : CloudCommand.Change(
                server, $"--backup-retention {MinimumBackupDays}", $"--backup-retention-period {MinimumBackupDays}",
                $"--backup-start-time=02:00 --enable-point-in-time-recovery --retained-backups-count={MinimumBackupDays}"),
        };
    }

    static Remedy? SwitchOn(List<string> off) =>
        off.Count > 0 ? Remedy.Sql($"{string.Join('\n', off.Select(setting => $"ALTER SYSTEM SET {setting} = on;"))}\nSELECT pg_reload_conf();") : null;

    static string Are(List<string> settings) => $"{string.Join(" and ", settings)} {(settings.Count == 1 ? "is" : "are")}";
}
