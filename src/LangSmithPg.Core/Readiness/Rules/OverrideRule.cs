using LangSmithPg.Servers;
using LangSmithPg.Sql;

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
            Evidence = string.Join("; ", input.Facts.Overrides.Select(one => one.Setting)),
            Why = "They hold for every session of LangSmith, its migrations included.",
            Fix = harmful.Count == 0 ? null : string.Join('\n', harmful.Select(one => FixOf(one.Override))),
        };
    }

    static string? HarmOf(SettingOverride setting)
    {
        var (name, value) = Split(setting);
        return name switch
        {
            "role" when value != "none" => $"Sessions switch to role {value}, which then owns what the migrations create.",
            "statement_timeout" or "transaction_timeout" or "lock_timeout" or "idle_in_transaction_session_timeout" when IsOn(value) =>
                $"{name} is {value}, which may cut a long migration short.",
            "session_replication_role" when value != "origin" => $"session_replication_role is {value}, which switches triggers and foreign keys off.",
            "search_path" => $"search_path is {value}; LangSmith sets its own, psql and other tools do not.",
            _ => null,
        };
    }

    // "0", "0s", "0ms" all mean off.
    static bool IsOn(string value) => value.TrimStart('0').Trim().TrimStart('m', 's', 'i', 'n', 'h', 'd').Length > 0;

    static string FixOf(SettingOverride setting)
    {
        var name = Split(setting).Name;
        return (setting.Role, setting.Database) switch
        {
            ({ } role, { } database) => $"ALTER ROLE {SqlIdentifier.Quote(role)} IN DATABASE {SqlIdentifier.Quote(database)} RESET {name};",
            ({ } role, null) => $"ALTER ROLE {SqlIdentifier.Quote(role)} RESET {name};",
            (null, { } database) => $"ALTER DATABASE {SqlIdentifier.Quote(database)} RESET {name};",
            _ => $"ALTER ROLE ALL RESET {name};",
        };
    }

    static (string Name, string Value) Split(SettingOverride setting) =>
        setting.Setting.Split('=', 2) is [var name, var value] ? (name.ToLowerInvariant(), value) : (setting.Setting, "");
}
