using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Servers;

namespace LangSmithPg.Readiness.Rules;

/// <summary>Whether the server keeps what is committed, cleans up by itself, and is backed up.</summary>
sealed class DurabilityRule : IReadinessRule
{
    static readonly string[] Safe = ["fsync", "full_page_writes"];
    static readonly string[] Durable = [.. Safe, "synchronous_commit", "data_checksums"];
    static readonly string[] Cleaning = ["autovacuum", "track_counts"];

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
        var isArchived = input.Facts.Setting("archive_mode") is "on" or "always";
        var isCloud = input.Facts.Provider != ServerProvider.Unknown;
        return input.Finding("Server.Backup", isArchived && !isCloud ? FindingStatus.Pass : FindingStatus.Unknown,
            isCloud ? "Whether the cloud backs up the server cannot be determined with SQL."
            : isArchived ? "The server archives its write-ahead log (WAL), which allows point-in-time recovery."
            : "The server does not archive its write-ahead log (WAL); whether it is backed up in another way cannot be determined with SQL.") with
        {
            Evidence = $"archive_mode = {input.Facts.Setting("archive_mode") ?? "not known"}",
            Why = "LangSmith has no backup of its own.",
            Fix = isArchived && !isCloud ? null : isCloud ? "Check the backup retention in the cloud's portal." : "Check that backups are taken, and test a restore.",
        };
    }

    static Remedy? SwitchOn(List<string> off) =>
        off.Count > 0 ? Remedy.Sql($"{string.Join('\n', off.Select(setting => $"ALTER SYSTEM SET {setting} = on;"))}\nSELECT pg_reload_conf();") : null;

    static string Are(List<string> settings) => $"{string.Join(" and ", settings)} {(settings.Count == 1 ? "is" : "are")}";
}
