using System.Text;
using System.Text.Json;
using LangSmithPg.Connections;
using LangSmithPg.Readiness;
using LangSmithPg.Reports;
using LangSmithPg.Servers;

namespace LangSmithPg.Fuzz.Targets;

/// <summary>The facts that a server answers, judged and written in every format.</summary>
sealed class ServerFactsTarget : FuzzTarget
{
    const string Tag = "<i>tag</i>";

    static readonly PgConnectionString Connection = PgConnectionString.Parse($"app:{Promise.Needle}@db.example.com:5432/app?sslmode=require").Require();

    public override string Name => "server-facts";

    public override int MaximumLength => 16_384;

    public override IReadOnlyList<string> Words { get; } =
    [
        "null", "true", "false", "-1", "0", "2147483647", "-2147483648", "1e400", "{}", "[]", "\"\"", "\"", "\\\"", "\\u001b[2J", "\\u0000", "\\ud800", Tag, "']]>", "`", "|", "\\n", ",", ":", "{", "}",
        "\"version_number\":", "\"search_path\":", "\"overrides\":", "\"extensions\":", "\"settings\":", "\"shared_preload_libraries\":", "\"azure.extensions\":", "azure_pg_admin", "rds_superuser", "cloudsqlsuperuser", "alloydb",
        "aurora_version", "\"installed_version\":", "\"available_version\":", "\"trusted\":", "btree_gin", "pg_trgm", "pgcrypto", "citext", "ltree", "btree_gist", "\"UTF8\"", "infinity", "2026-01-01T00:00:00+00:00", "8kB", "16GB", "-1",
    ];

    public override void Run(byte[] input)
    {
        ServerFacts facts;
        try
        {
            facts = ServerFactsJson.Read(Encoding.UTF8.GetString(input));
        }
        catch (JsonException)
        {
            return;
        }

        var observation = new ServerObservation { Connection = Connection, Host = Connection.Hosts[0], Facts = facts, Tls = null };
        var report = ReadinessEvaluator.Evaluate(observation, new(2026, 1, 1));
        Promise.KeepsSecret(report.Findings.SelectMany(one => new[] { one.Message, one.Evidence, one.Why, one.Fix?.Text }));
        FleetReport fleet = new(FleetReport.DefaultTitle, new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), "1.0.0", [report]);
        foreach (var format in Enum.GetValues<ReportFormat>())
        {
            var text = format.Write(fleet);
            Promise.KeepsSecret(text);
            Promise.IsHarmless(text.ReplaceLineEndings("\n"));
            Promise.Holds(format is not (ReportFormat.Html or ReportFormat.JUnit) || !text.Contains(Tag, StringComparison.Ordinal), $"A tag of the server's stands in the report ({format}).");
        }
    }
}
