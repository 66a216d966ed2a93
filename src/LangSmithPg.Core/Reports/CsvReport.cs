using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Readiness;

namespace LangSmithPg.Reports;

/// <summary>Writes a report as a table: a row a finding. A database whose findings were all left out keeps a row of its own.</summary>
static class CsvReport
{
    static readonly string[] Columns =
    [
        "Target", "IsReady", "Id", "Status", "CausedBy", "Message", "Evidence", "Why", "Fix", "FixKind", "Source",
        "UserName", "Schema", "ServerVersion", "Provider", "Accepted", "AcceptedUntil", "Purpose",
    ];

    public static string Write(FleetReport report) => CsvText.Table(report.Databases.SelectMany(Rows).Prepend(Columns));

    static IEnumerable<IEnumerable<string?>> Rows(ReadinessReport database) =>
        database.Findings.Count > 0 ? database.Findings.Select(finding => Row(database, finding, finding.Status)) : [Row(database, null, database.Status)];

    static IEnumerable<string?> Row(ReadinessReport database, Finding? finding, FindingStatus status) =>
    [
        database.Target, database.IsReady ? "True" : "False",
        finding?.Id, status.ToString(), finding?.CausedBy, finding?.Message, finding?.Evidence, finding?.Why,
        finding?.Fix?.Text, finding?.Fix?.Kind.ToString(), finding?.Source?.OriginalString,
        database.UserName, database.Schema, database.ServerVersion, database.Provider?.ToString(),
        finding?.Accepted?.Reason, finding?.Accepted?.UntilText, database.Purpose.ToString(),
    ];
}
