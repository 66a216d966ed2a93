using LangSmithPg.Servers;

namespace LangSmithPg.Readiness.Rules;

/// <summary>Whether the database or the role imposes settings on LangSmith's sessions that get in its way.</summary>
sealed class OverrideRule : IReadinessRule
{
    public IEnumerable<Finding> Judge(ReadinessInput input)
    {
        var harmful = input.Facts.Overrides.Select(one => (Override: one, Harm: HarmOf(one))).Where(one => one.Harm is not null).ToList();
        yield return input.Finding("Session.Overrides", harmful.Count == 0 ? FindingStatus.Pass : FindingStatus.Warning,
            harmful.Count == 0
                ? "Neither the database nor the role imposes settings that get in LangSmith's way."
                : string.Join(' ', harmful.Select(one => one.Harm))) with
        {
            Evidence = input.Facts.Overrides.Count == 0 ? null : string.Join("; ", input.Facts.Overrides.Select(one => one.Setting)),
            Why = "They hold for every session of LangSmith, its migrations included.",
            Fix = harmful.Count == 0 ? null : string.Join('\n', harmful.Select(one => one.Override.ResetSql)),
        };
    }

    static string? HarmOf(SettingOverride setting) => (setting.Name, setting.Value) switch
    {
        ("role", not "none" and var role) => $"Sessions switch to role {role}, which then owns what the migrations create.",
        ("statement_timeout" or "transaction_timeout" or "lock_timeout" or "idle_in_transaction_session_timeout", var limit) when IsOn(limit) =>
            $"{setting.Name} is {limit}, which may cut a long migration short.",
        ("session_replication_role", not "origin" and var mode) => $"session_replication_role is {mode}, which switches triggers and foreign keys off.",
        ("search_path", var path) => $"search_path is {path}; LangSmith sets its own, psql and other tools do not.",
        _ => null,
    };

    // "0", "0s", "0ms" all mean off.
    static bool IsOn(string value) => value.TrimStart('0').Trim().TrimStart('m', 's', 'i', 'n', 'h', 'd').Length > 0;
}
