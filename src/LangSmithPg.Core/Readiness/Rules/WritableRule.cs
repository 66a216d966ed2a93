using LangSmithPg.Sql;

namespace LangSmithPg.Readiness.Rules;

/// <summary>Whether the server takes writes.</summary>
sealed class WritableRule : IReadinessRule
{
    public IEnumerable<Finding> Judge(ReadinessInput input)
    {
        var (server, database, role) = (input.Facts.Server, input.Facts.Database, input.Facts.Role);
        var (message, fix) = server switch
        {
            { InRecovery: true } => (
                "The server is a standby: it takes no writes.",
                "Connect to the primary: on Aurora the cluster's writer endpoint (.cluster-, not .cluster-ro-), elsewhere the server that the replica follows."),
            { ReadOnlyByDefault: true } => (
                "Transactions are read-only by default.",
                $"ALTER DATABASE {SqlIdentifier.Quote(database.Name)} RESET default_transaction_read_only;\n"
                + $"ALTER ROLE {SqlIdentifier.Quote(role.Name)} RESET default_transaction_read_only;\n"
                + "-- or, if it is set for the whole server: ALTER SYSTEM RESET default_transaction_read_only; a full disk makes some clouds set it"),
            _ => ("The server takes writes.", null),
        };
        yield return input.Finding("Server.Writable", fix is null ? FindingStatus.Pass : FindingStatus.Fail, message) with
        {
            Why = "The migrations create and change tables.",
            Fix = fix,
        };
    }
}
