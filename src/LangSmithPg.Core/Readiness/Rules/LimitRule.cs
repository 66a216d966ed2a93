using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Sql;

namespace LangSmithPg.Readiness.Rules;

/// <summary>Whether there is room for LangSmith's connections, and whether the role goes on being able to log in.</summary>
sealed class LimitRule : IReadinessRule
{
    const int NoticeDays = 30;

    public IEnumerable<Finding> Evaluate(ReadinessInput input)
    {
        var (server, database, role) = (input.Facts.Connections, input.Facts.Database, input.Facts.Role);
        // The session that looks is one of those in use, and gone when LangSmith comes.
        var free = Math.Max(0, server.Maximum - server.Reserved - server.InUse + 1);
        yield return input.Size.NeededConnections is { } needed ? Budgeted(input, needed) : Room(input, "Server.Connections", free,
            $"The server has room for {free} more connections.", $"{server.InUse} of {server.Maximum} in use, {server.Reserved} reserved",
            "Increase max_connections (in a cloud, use a larger instance), or close idle connections.");
        yield return Limit(input, "Database.ConnectionLimit", database.ConnectionLimit, database.Connections,
            $"database {database.Name}", Remedy.Sql($"ALTER DATABASE {SqlIdentifier.Quote(database.Name)} CONNECTION LIMIT -1;"));
        yield return Limit(input, "Role.ConnectionLimit", role.ConnectionLimit, role.Connections,
            $"role {role.Name}", Remedy.Sql($"ALTER ROLE {SqlIdentifier.Quote(role.Name)} CONNECTION LIMIT -1;"));
        yield return EvaluateExpiry(input);
    }

    // The role's own connections are in the budget already.
    static Finding Budgeted(ReadinessInput input, int needed)
    {
        var (server, role) = (input.Facts.Connections, input.Facts.Role);
        var others = Math.Max(0, server.InUse - role.Connections);
        var free = Math.Max(0, server.Maximum - server.Reserved - others);
        return input.Finding("Server.Connections", needed > free ? FindingStatus.Fail : FindingStatus.Pass,
            $"The connection budget of the release is {needed}, and the server has {free} connections for it.") with
        {
            Evidence = $"{others} of {server.Maximum} used by other roles, {server.Reserved} reserved",
            Why = "When all connections are in use, PostgreSQL refuses further ones, and requests to LangSmith fail.",
            Fix = needed > free ? "Measure-LangSmithPgConnectionBudget shows the values with which the pools are small enough." : null,
        };
    }

    static Finding Limit(ReadinessInput input, string id, int limit, int inUse, string what, Remedy fix) => limit < 0
        ? input.Finding(id, FindingStatus.Pass, $"There is no connection limit for {what}.") with { Why = Why(input) }
        : Room(input, id, Math.Max(0, limit - inUse + 1), $"The limit of {what} leaves room for {Math.Max(0, limit - inUse + 1)} more connections.",
            $"{inUse} of {limit} in use", fix);

    static Finding Room(ReadinessInput input, string id, int free, string message, string evidence, Remedy fix) =>
        input.Finding(id, free < input.Requirements.LeastConnections ? FindingStatus.Fail : free < input.Requirements.ComfortableConnections ? FindingStatus.Warning : FindingStatus.Pass, message) with
        {
            Evidence = evidence,
            Why = Why(input),
            Fix = free < input.Requirements.ComfortableConnections ? fix : null,
        };

    static string Why(ReadinessInput input)
    {
        var (least, comfortable) = (input.Requirements.LeastConnections, input.Requirements.ComfortableConnections);
        return $"Every pod keeps a connection pool: a default installation does not start with fewer than {least} free connections{(comfortable > least ? $", and may need {comfortable}" : "")}.";
    }

    static Finding EvaluateExpiry(ReadinessInput input)
    {
        var role = input.Facts.Role;
        var soon = role.ValidUntil < input.Facts.Server.Time.AddDays(NoticeDays);
        var day = role.ValidUntil?.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        return input.Finding("Role.ValidUntil", soon ? FindingStatus.Warning : FindingStatus.Pass,
            day is null ? $"The password of role {role.Name} does not expire." : $"The password of role {role.Name} expires at {day}.") with
        {
            Why = "After that, the pods cannot log in.",
            Fix = soon ? Remedy.Sql($"ALTER ROLE {SqlIdentifier.Quote(role.Name)} VALID UNTIL 'infinity'; -- or plan to change the password and the Secret") : null,
        };
    }
}
