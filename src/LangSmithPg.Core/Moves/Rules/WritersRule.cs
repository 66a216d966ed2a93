using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Sql;

namespace LangSmithPg.Moves.Rules;

/// <summary>Whether somebody still uses the source: what is written after the dump began is not moved.</summary>
sealed class WritersRule : IMoveRule
{
    // What the clouds' own machinery logs in as; it does not write to a customer's tables.
    static readonly string[] Machinery = ["rdsadmin", "rdsproxyadmin", "cloudsqladmin", "cloudsqlagent", "alloydbadmin", "alloydbagent", "azuresu"];

    // What this module calls itself.
    const string OwnApplication = "LangSmithPg";

    public IEnumerable<Finding> Evaluate(MoveInput input)
    {
        yield return Sessions(input);
        yield return InDoubt(input);
    }

    static Finding Sessions(MoveInput input)
    {
        var facts = input.Source.Facts;
        var others = facts.Sessions.Where(session => !Machinery.Contains(session.User) && !IsOwn(session, input.Source.Server.Role.SessionUser)).ToList();
        var count = others.Sum(session => session.Count);
        // Without the right to see them, the server still counts them.
        var isHidden = count == 0 && !facts.SeesAllSessions && facts.Backends > 1 + facts.Sessions.Sum(session => session.Count);
        return input.Finding("Move.Writers", count > 0 ? FindingStatus.Fail : isHidden ? FindingStatus.Unknown : FindingStatus.Pass,
            count > 0 ? $"The source is in use: {Listing.Count(count, "other session")} of {Listing.Of([.. others.Select(Name).Distinct(StringComparer.Ordinal)])}."
            : isHidden ? "The server does not show whether other sessions use the source."
            : "No other session uses the source.") with
        {
            Evidence = count == 0 ? null : string.Join("; ", others.Select(Describe)),
            Why = "What LangSmith writes after the dump has begun is not moved, and is lost.",
            Fix = count > 0 ? "Stop LangSmith: scale the deployments that connect to the database to 0 with kubectl scale. Get-LangSmithComponent lists them. Then end other sessions."
                : isHidden ? Remedy.Sql($"GRANT pg_read_all_stats TO {SqlIdentifier.Quote(input.Source.Server.Role.Name)}; -- on the source, as a superuser")
                : null,
        };
    }

    static Finding InDoubt(MoveInput input)
    {
        var facts = input.Source.Facts;
        List<string> parts =
        [
            .. facts.PreparedTransactions.Count > 0 ? [$"{Listing.Count(facts.PreparedTransactions.Count, "prepared transaction")} ({Listing.Of(facts.PreparedTransactions)})"] : Array.Empty<string>(),
            .. facts.Slots.Count > 0 ? [$"{Listing.Count(facts.Slots.Count, "replication slot")} ({Listing.Of(facts.Slots)})"] : Array.Empty<string>(),
            .. facts.Subscriptions.Count > 0 ? [$"{Listing.Count(facts.Subscriptions.Count, "subscription")} ({Listing.Of(facts.Subscriptions)})"] : Array.Empty<string>(),
        ];
        return input.Finding("Move.Replication", parts.Count > 0 ? FindingStatus.Warning : FindingStatus.Pass,
            parts.Count > 0 ? $"The source has {string.Join(", ", parts)}." : "The source has no prepared transaction, replication slot or subscription.") with
        {
            Why = "A prepared transaction is not moved, a subscription may still write, and whoever reads a replication slot has to be set up again.",
            Fix = parts.Count == 0 ? null
                : facts.PreparedTransactions.Count > 0 ? Remedy.Sql("-- On the source; or COMMIT PREPARED, as the application that prepared it has decided.\n"
                    + string.Join('\n', facts.PreparedTransactions.Select(id => $"ROLLBACK PREPARED {SqlLiteral.Quote(id)};")))
                : "Disable the subscriptions of the source, and set up again on the target what replicates from the source.",
        };
    }

    // The server takes a moment to end a session that was closed.
    static bool IsOwn(ClientSessions session, string user) => session is { Application: OwnApplication, Writes: false } && session.User == user;

    static string Name(ClientSessions session) => session.Application.Length > 0 ? session.Application : $"role {session.User}";

    static string Describe(ClientSessions session) => string.Create(CultureInfo.InvariantCulture,
        $"{session.Count} of {(session.Application.Length > 0 ? $"{session.Application}, " : "")}role {session.User}, {(session.State.Length > 0 ? session.State : "state hidden")}{(session.Writes ? ", has changed something" : "")}");
}
