using LangSmithPg.Clouds;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Findings;
using LangSmithPg.Servers;
using LangSmithPg.Sql;

namespace LangSmithPg.Readiness.Rules;

/// <summary>Whether a connection pooler stands in between that LangSmith can live with.</summary>
sealed class PoolerRule : IReadinessRule
{
    // What LangSmith sends on connecting, and drivers of its language may add.
    const string Ignore = "search_path, lock_timeout, extra_float_digits, options";

    const string AzureCommand = "az postgres flexible-server parameter set --name";

    const string AzureServer = "--resource-group <group> --server-name <server>";

    public IEnumerable<Finding> Evaluate(ReadinessInput input) => input.Connection.Purpose == DatabasePurpose.LangSmith ? EvaluateOwn(input) : [EvaluateOther(input)];

    // What these send when they connect is not documented.
    static Finding EvaluateOther(ReadinessInput input)
    {
        var isProxy = ServerProviders.IsRdsProxy(input.Connection.HostName);
        var isPooled = isProxy || input.Pooler is not null;
        return input.Finding("Pooler", isPooled ? FindingStatus.Warning : FindingStatus.Pass,
            isProxy ? $"The connection goes through Amazon RDS Proxy; whether {input.Requirements.Product} supports it is not documented."
            : isPooled ? $"The connection goes through a pooler; whether {input.Requirements.Product} supports it is not documented."
            : "No connection pooler was detected.") with
        {
            Why = "A pooler can drop startup parameters, and prepared statements that a driver creates in its session.",
            Fix = isPooled ? "Connect to the server directly." : null,
        };
    }

    static IEnumerable<Finding> EvaluateOwn(ReadinessInput input)
    {
        var rdsProxy = ServerProviders.IsRdsProxy(input.Connection.HostName) || input.Pooler?.StartupRefusal?.SqlState == "0A000";
        var (status, message, fix) = input.Pooler switch
        {
            _ when rdsProxy => (
                FindingStatus.Fail, "The connection goes through Amazon RDS Proxy, which does not accept the startup parameters that LangSmith sends.",
                "Connect to the instance's or cluster's own endpoint, without .proxy- in its name."),
            null => (FindingStatus.Pass, "No connection pooler was detected.", null),
            { SharesBackends: true } => (
                FindingStatus.Fail, "The connection goes through a pooler that assigns a server connection to another session after each transaction.",
                IsAzure(input)
                    ? Remedy.Shell($"{AzureCommand} pgbouncer.default_pool_mode --value session {AzureServer}\n# or connect to port 5432, which bypasses the built-in pooler")
                    : Remedy.Ini($"; pgbouncer.ini\npool_mode = session\nignore_startup_parameters = {Ignore}")),
            { StartupRefusal: not null } => (
                FindingStatus.Fail, "The connection goes through a pooler that rejects the startup parameters that LangSmith sends.",
                IsAzure(input)
                    ? Remedy.Shell($"{AzureCommand} pgbouncer.ignore_startup_parameters --value \"{Ignore}\" {AzureServer}\n# or connect to port 5432, which bypasses the built-in pooler")
                    : Remedy.Ini($"; pgbouncer.ini\nignore_startup_parameters = {Ignore}")),
            { SearchPath: { } path } when path.FirstOrDefault(schema => schema != "pg_catalog") != input.Facts.Schema.Name && input.Facts.Schema.Exists => (
                FindingStatus.Fail,
                $"A connection pooler drops the search_path that LangSmith sends: its tables would be created in {(path.FirstOrDefault(schema => schema != "pg_catalog") is { } other ? $"schema {other}" : "no schema")}, not in {input.Facts.Schema.Name}.",
                Remedy.Sql($"ALTER ROLE {SqlIdentifier.Quote(input.Facts.Role.SessionUser)} IN DATABASE {SqlIdentifier.Quote(input.Facts.Database.Name)} SET search_path = {SqlIdentifier.Quote(input.Facts.Schema.Name)};"
                + "\n-- then reopen the pooler's server connections (RECONNECT)")),
            { SharesBackends: null } => (
                FindingStatus.Unknown, "The connection goes through a pooler; whether it uses session or transaction pooling could not be determined.",
                "Check that pool_mode is session, and that the pool allows a second connection."),
            _ => (
                FindingStatus.Warning, "The connection goes through a pooler in session mode; LangSmith's support for poolers is community-based.",
                "Connect directly unless you need the pooler."),
        };
        yield return input.Finding("Pooler", status, message) with
        {
            Evidence = input.Pooler?.StartupRefusal is { } refusal ? $"{refusal.SqlState} {refusal.Message}" : null,
            Why = "LangSmith sets search_path and lock_timeout for its session, and its drivers prepare statements in it.",
            Fix = fix,
        };
    }

    static bool IsAzure(ReadinessInput input) => input.Facts.Provider == ServerProvider.Azure;
}
