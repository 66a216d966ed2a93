using System.Buffers;
using System.Text;
using System.Text.Json;
using LangSmithPg.Connections;
using LangSmithPg.Ownership;
using LangSmithPg.Servers;

namespace LangSmithPg.Fuzz.Targets;

/// <summary>What a server answers of who owns what, planned and written as a script for psql.</summary>
sealed class ServerOwnershipTarget : FuzzTarget
{
    static readonly SearchValues<char> MoreThanAStatement = SearchValues.Create(";\n\r\\$:");

    static readonly PgConnectionString Connection = PgConnectionString.Parse($"app:{Promise.Needle}@db.example.com:5432/app?sslmode=require").Require();

    static readonly ServerFacts Server = new(
        new(170_000, "PostgreSQL 17.0", InRecovery: false, ReadOnlyByDefault: false, null, null, 1, DateTimeOffset.UnixEpoch),
        new("app", "old", IsOwner: true, "UTF8", "C.UTF-8", -1, 1, CanCreate: true, CanCreateTemporary: true),
        new("admin", "admin", IsSuperuser: true, CanCreateRole: true, CanCreateDatabase: true, -1, 1, null, null, []),
        new("public", Exists: true, "old", IsOwner: true, CanUse: true, CanCreate: true, [], []),
        ["pg_catalog", "public"], [], [], new Dictionary<string, string>(), [], [], new(100, 3, 1), null);

    public override string Name => "server-ownership";

    public override int MaximumLength => 8192;

    public override IReadOnlyList<string> Words { get; } =
    [
        "null", "true", "false", "-1", "0", "2147483647", "{}", "[]", "\"\"", "\\\"", "\\\\", "\\n", "\\u0000", "\\ud800", ";", "--", "/*", "$$", ":", "'", ",", "{", "}", "public.", "\\\"a\\\"",
        "table", "foreign table", "materialized view", "view", "sequence", "schema", "database", "extension", "function", "procedure", "aggregate", "type", "large object", "statistics object", "foreign-data wrapper",
        "\"kind\":", "\"identity\":", "\"schema\":", "\"bytes\":", "\"locks\":", "\"object_type\":", "\"privilege\":", "\"grantee\":", "\"grantable\":", "\"revoked\":", "SELECT", "\"name\":", "\"is_built_in\":", "\"is_admin\":",
        "\"can_use\":", "\"can_set\":", "\"is_rds_iam\":", "\"follows_database\":", "\"shared_objects\":", "\"other_databases\":", "\"owns_database\":",
    ];

    public override void Run(byte[] input)
    {
        OwnershipFacts facts;
        try
        {
            facts = OwnershipFactsJson.Read(Encoding.UTF8.GetString(input));
        }
        catch (JsonException)
        {
            return;
        }

        foreach (var request in (OwnershipRequest[])[new("old", "new"), new("old", "new") { AllSchemas = true, BatchSize = 2 }])
        {
            var plan = OwnershipPlanner.Plan(Connection, request, Server, facts);
            var script = OwnershipScript.Write(plan, TimeSpan.FromSeconds(2));
            Promise.KeepsSecret([script, .. plan.Problems.Select(problem => $"{problem.Message}{problem.Fix}"), .. plan.Remarks]);
            Promise.Holds(!SqlOutsideOfQuotes(script).Contains('\\', StringComparison.Ordinal), "The script has a command of psql's.");
            foreach (var step in plan.Steps)
            {
                Promise.Holds(!SqlOutsideOfQuotes(step.Statement).AsSpan().ContainsAny(MoreThanAStatement), $"It is more than one statement: {step.Statement}");
            }
        }
    }

    static string SqlOutsideOfQuotes(string sql)
    {
        var left = new StringBuilder();
        for (var at = 0; at < sql.Length; at++)
        {
            var end = sql[at] is '"' or '\'' ? sql.IndexOf(sql[at], at + 1) : sql.AsSpan(at).StartsWith("--") ? sql.IndexOf('\n', at) : at;
            if (end == at)
            {
                left.Append(sql[at]);
            }

            at = end < 0 ? sql.Length : end;
        }

        return left.ToString();
    }
}
