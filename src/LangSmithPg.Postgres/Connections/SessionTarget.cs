using LangSmithPg.Connections;
using LangSmithPg.Servers;
using Npgsql;

namespace LangSmithPg.Postgres.Connections;

/// <summary>
/// Which of several hosts a connection means: the primary, say, wherever it is after a failover. Source: PostgreSQL documentation, libpq
/// "target_session_attrs".
/// </summary>
static class SessionTarget
{
    const string Parameter = "target_session_attrs";
    const string Any = "any";
    const string Standby = "standby";

    /// <summary>What is looked for among all hosts, one after the other.</summary>
    public static IReadOnlyList<string> Rounds(PgConnectionString connection) => connection[Parameter] switch
    {
        null => [Any],
        "prefer-standby" => [Standby, Any],
        { } wanted => [wanted],
    };

    /// <summary>Why a session is not the wanted one, or null. Servers before 14 do not tell, nor do some poolers: theirs are taken.</summary>
    public static ConnectionFailure? Evaluate(string wanted, NpgsqlConnection session, PgHost host)
    {
        var isStandby = Tells(session, "in_hot_standby");
        var isReadOnly = isStandby is true || Tells(session, "default_transaction_read_only") is true;
        var isWanted = wanted switch
        {
            "read-write" => isStandby is null || !isReadOnly,
            "read-only" => isStandby is null || isReadOnly,
            "primary" => isStandby is not true,
            Standby => isStandby is not false,
            _ => true,
        };
        return isWanted ? null : new(
            ConnectionFailureKind.HostNotWanted, $"{host} is {(isStandby is true ? "a standby" : isReadOnly ? "read-only" : "a primary")}, but {Parameter}={wanted} requires another type.",
            "Specify all servers of the cluster as hosts, including the primary; LangSmith needs a server that accepts writes.");
    }

    static bool? Tells(NpgsqlConnection session, string parameter) =>
        session.PostgresParameters.TryGetValue(parameter, out var value) ? value == "on" : null;
}
