using System.Globalization;
using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Sql;

namespace LangSmithPg.Health.Rules;

/// <summary>Whether the connections run out: those of the server, of the database and of the role, and those that a budget counts.</summary>
sealed class ConnectionRule : IHealthRule
{
    // The limits are this module's own.
    const double Many = 0.8;
    const double TooMany = 0.95;

    public Finding Evaluate(HealthInput input)
    {
        var (server, database, role) = (input.Server.Connections, input.Server.Database, input.Server.Role);
        var room = Math.Max(1, server.Maximum - server.Reserved);
        var (used, what, fix) = new (double, string, Remedy)[]
        {
            ((double)server.InUse / room, $"{server.InUse} of {room} connections of the server", "Increase max_connections (in a cloud, use a larger instance), or close idle connections. Measure-LangSmithPgConnectionBudget counts what LangSmith needs."),
            (Share(database.Connections, database.ConnectionLimit), $"{database.Connections} of {database.ConnectionLimit} connections of database {database.Name}", Remedy.Sql($"ALTER DATABASE {SqlIdentifier.Quote(database.Name)} CONNECTION LIMIT -1;")),
            (Share(role.Connections, role.ConnectionLimit), $"{role.Connections} of {role.ConnectionLimit} connections of role {role.Name}", Remedy.Sql($"ALTER ROLE {input.QuotedRole} CONNECTION LIMIT -1;")),
        }.MaxBy(one => one.Item1);
        var finding = new Finding
        {
            Id = "Health.Connections",
            Status = used >= TooMany ? FindingStatus.Fail : used >= Many ? FindingStatus.Warning : FindingStatus.Pass,
            Target = input.Connection.Target,
            Message = $"{what} are in use.",
            Evidence = string.Create(CultureInfo.InvariantCulture, $"max_connections = {server.Maximum}, {server.Reserved} reserved"),
            Why = "When all connections are in use, PostgreSQL refuses further ones, and requests to LangSmith fail.",
            Fix = used >= Many ? fix : null,
            Source = new("https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-MAX-CONNECTIONS"),
        };
        // The role's own connections are in the budget already.
        var others = Math.Max(0, server.InUse - role.Connections);
        return input.NeededConnections is { } needed && needed + others > room
            ? finding with
            {
                Status = FindingStatus.Fail,
                Message = $"The connection budget of the release is {needed}, and the server has {Math.Max(0, room - others)} connections for it.",
                Fix = "Measure-LangSmithPgConnectionBudget shows the values with which the pools are small enough.",
            }
            : finding;
    }

    static double Share(int used, int limit) => limit switch
    {
        < 0 => 0,
        0 => 1,
        _ => (double)used / limit,
    };
}
