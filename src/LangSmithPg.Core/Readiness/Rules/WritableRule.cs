using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Sql;

namespace LangSmithPg.Readiness.Rules;

/// <summary>Whether the server takes writes.</summary>
sealed class WritableRule : IReadinessRule
{
    const string Setting = "default_transaction_read_only";

    public IEnumerable<Finding> Evaluate(ReadinessInput input)
    {
        var (message, fix) = input.Facts.Server switch
        {
            { InRecovery: true } => (
                "The server is a standby and does not accept writes.",
                "Connect to the primary: on Aurora the cluster's writer endpoint (.cluster-, not .cluster-ro-), elsewhere the server that the replica follows."),
            { ReadOnlyByDefault: true } => (
                IsImposed(input) ? "Transactions are read-only by default." : "Transactions are read-only by default on the whole server.", Fix(input)),
            _ => ("The server accepts writes.", null),
        };
        yield return input.Finding("Server.Writable", fix is null ? FindingStatus.Pass : FindingStatus.Fail, message) with
        {
            Why = "The migrations create and change tables.",
            Fix = fix,
        };
    }

    static bool IsImposed(ReadinessInput input) => input.Facts.Overrides.Any(one => one.Name == Setting);

    // Whoever runs this is in the database, and read-only too. What is set for a role in a database comes before all else.
    static Remedy Fix(ReadinessInput input)
    {
        var (role, database) = (SqlIdentifier.Quote(input.Facts.Role.SessionUser), SqlIdentifier.Quote(input.Facts.Database.Name));
        var hint = IsImposed(input) ? "" : "-- Some clouds set it when the disk is full: check the disk first.\n";
        return Remedy.Sql($"{hint}BEGIN READ WRITE; ALTER ROLE {role} IN DATABASE {database} SET {Setting} = off; COMMIT;");
    }
}
