using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Findings;

namespace LangSmithPg.Health.Rules;

/// <summary>Whether queries write many temporary files, because what they sort does not fit into memory. The limit is this module's own.</summary>
sealed class TemporaryFileRule() : HealthRule<ActivityFacts>(
    "Health.TemporaryFiles", "A query that sorts on disk is many times slower.", "runtime-config-resource.html#GUC-WORK-MEM", facts => facts.Activity)
{
    const long MuchPerDay = 10L << 30;

    protected override Finding Evaluate(HealthInput input, ActivityFacts facts, Finding finding)
    {
        if (facts.TemporaryBytes < MuchPerDay)
        {
            return Pass(finding, $"Queries have written {ByteSize.Text(facts.TemporaryBytes)} of temporary files.");
        }

        if (facts.StatisticsAge is not { } age)
        {
            return finding with { Message = $"Queries have written {ByteSize.Text(facts.TemporaryBytes)} of temporary files, but since when is not known." };
        }

        var perDay = (long)(facts.TemporaryBytes / Math.Max(1, age.TotalDays));
        return finding with
        {
            Status = perDay >= MuchPerDay ? FindingStatus.Warning : FindingStatus.Pass,
            Message = $"Queries write {ByteSize.Text(perDay)} of temporary files a day.",
            Evidence = string.Create(CultureInfo.InvariantCulture, $"{facts.TemporaryFiles} files since {facts.StatisticsSince!.Value.UtcDateTime:yyyy-MM-dd HH:mm} UTC"),
            Fix = perDay >= MuchPerDay ? "Increase work_mem for the database, in small steps: a query takes it for each sort. log_temp_files = 0 shows which queries these are." : null,
        };
    }
}

/// <summary>Whether the server reads what it needs from memory. The limit is this module's own; many guides want more.</summary>
sealed class CacheRule() : HealthRule<ActivityFacts>(
    "Health.CacheHitRatio", "What is not in the server's memory is read from disk or the system's cache, which is slower.", "monitoring-stats.html#MONITORING-PG-STAT-DATABASE-VIEW", facts => facts.Activity)
{
    const double Least = 0.9;

    // A server that has just started has everything still to read.
    const long Enough = 1_000_000;

    protected override Finding Evaluate(HealthInput input, ActivityFacts facts, Finding finding)
    {
        var all = facts.BlocksHit + facts.BlocksRead;
        if (all < Enough)
        {
            return finding with { Status = FindingStatus.NotApplicable, Message = "Too little was read yet for a ratio." };
        }

        var ratio = (double)facts.BlocksHit / all;
        return finding with
        {
            Status = ratio < Least ? FindingStatus.Warning : FindingStatus.Pass,
            Message = string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(ratio * 1000) / 10:0.0} % of the blocks that queries needed were in the server's memory."),
            Fix = ratio < Least ? "Increase shared_buffers (in a cloud, use an instance with more memory), or find the queries that read whole tables with pg_stat_statements." : null,
        };
    }
}

/// <summary>Whether there is too much WAL between two checkpoints. PostgreSQL's documentation advises to increase max_wal_size then.</summary>
sealed class CheckpointRule() : HealthRule<ActivityFacts>(
    "Health.Checkpoints", "Checkpoints that come before their time write the same blocks again and again, and slow the disk down.", "wal-configuration.html", facts => facts.Activity)
{
    // Backups and new databases ask for some too.
    const long Enough = 20;
    const long Gibibyte = 1L << 30;

    protected override Finding Evaluate(HealthInput input, ActivityFacts facts, Finding finding)
    {
        var (timed, requested) = facts.Checkpoints;
        var isMuch = requested >= Enough && requested > timed;
        // In whole gigabytes.
        var wanted = Math.Max(1, ((2 * facts.Number("max_wal_size") ?? 0) + Gibibyte - 1) / Gibibyte);
        return finding with
        {
            Status = isMuch ? FindingStatus.Warning : FindingStatus.Pass,
            Message = $"{HealthText.Number(requested)} of {HealthText.Number(timed + requested)} checkpoints came before their time.",
            Fix = isMuch ? input.Set("max_wal_size", string.Create(CultureInfo.InvariantCulture, $"{wanted}GB")) : null,
        };
    }
}
