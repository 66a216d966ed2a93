namespace LangSmithPg.Readiness.Rules;

/// <summary>Whether the server takes writes.</summary>
sealed class WritableRule : IReadinessRule
{
    public IEnumerable<Finding> Judge(ReadinessInput input)
    {
        const string Setting = "default_transaction_read_only";
        var culprits = input.Facts.Overrides.Where(one => one.Name == Setting).Select(one => one.ResetSql).ToList();
        var (message, fix) = input.Facts.Server switch
        {
            { InRecovery: true } => (
                "The server is a standby: it takes no writes.",
                "Connect to the primary: on Aurora the cluster's writer endpoint (.cluster-, not .cluster-ro-), elsewhere the server that the replica follows."),
            { ReadOnlyByDefault: true } when culprits.Count > 0 => ("Transactions are read-only by default.", string.Join('\n', culprits)),
            { ReadOnlyByDefault: true } => (
                "Transactions are read-only by default on the whole server.",
                $"ALTER SYSTEM RESET {Setting}; -- some clouds set it themselves when the disk is full: look there first"),
            _ => ("The server takes writes.", null),
        };
        yield return input.Finding("Server.Writable", fix is null ? FindingStatus.Pass : FindingStatus.Fail, message) with
        {
            Why = "The migrations create and change tables.",
            Fix = fix,
        };
    }
}
