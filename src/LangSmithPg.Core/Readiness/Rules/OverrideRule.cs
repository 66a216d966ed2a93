using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Findings;
using LangSmithPg.Servers;
using LangSmithPg.Sql;

namespace LangSmithPg.Readiness.Rules;

/// <summary>Whether the database or the role imposes settings on LangSmith's sessions that get in its way.</summary>
sealed class OverrideRule : IReadinessRule
{
    public IEnumerable<Finding> Evaluate(ReadinessInput input)
    {
        var harmful = input.Facts.Overrides.Select(one => (Override: one, Harm: HarmOf(one, input))).Where(one => one.Harm is not null).ToList();
        yield return input.Finding("Session.Overrides", harmful.Count == 0 ? FindingStatus.Pass : FindingStatus.Warning,
            harmful.Count == 0
                ? $"Neither the database nor the role has settings that interfere with {input.Requirements.Product}."
                : string.Join(' ', harmful.Select(one => one.Harm))) with
        {
            Evidence = input.Facts.Overrides.Count == 0 ? null : string.Join("; ", input.Facts.Overrides.Select(one => one.Setting)),
            Why = $"They apply to every session of {input.Requirements.Product}, including migrations.",
            Fix = harmful.Count == 0 ? null : Remedy.Sql(string.Join('\n', harmful.Select(one => one.Override.ResetSql))),
        };
    }

    static string? HarmOf(SettingOverride setting, ReadinessInput input) => (setting.Name, setting.Value) switch
    {
        ("role", not "none" and var role) => $"Sessions switch to role {role}, which then owns what the migrations create.",
        ("session_replication_role", not "origin" and var mode) => $"session_replication_role is {mode}, which disables triggers and foreign keys.",
        // What a pooler leaves of LangSmith's own search_path leads to its schema all the same.
        ("search_path", var path) when input.Connection.Purpose == DatabasePurpose.LangSmith && path != input.Facts.Schema.Name && path != SqlIdentifier.Quote(input.Facts.Schema.Name) => $"search_path is {path}; LangSmith sets its own, psql and other tools do not.",
        _ => null,
    };
}
