using LangSmithPg.Common;
using LangSmithPg.Findings;
using LangSmithPg.Servers;
using LangSmithPg.Sql;

namespace LangSmithPg.Moves.Rules;

/// <summary>What of the source is not moved.</summary>
sealed class LeftOutRule : IMoveRule
{
    public IEnumerable<Finding> Evaluate(MoveInput input)
    {
        var facts = input.Source.Facts;
        List<string> objects = [.. Named("publication", facts.Publications), .. Named("subscription", facts.Subscriptions), .. Named("event trigger", facts.EventTriggers)];
        yield return input.Finding("Move.Objects", objects.Count > 0 ? FindingStatus.Warning : FindingStatus.Pass,
            objects.Count > 0 ? $"Not moved: {Listing.Of(objects)}." : "The source has no publications, subscriptions or event triggers, which would not be moved.") with
        {
            Why = "They reach beyond the database, and most roles may not create them. LangSmith uses none.",
            Fix = objects.Count > 0 ? "If something needs them, create them in the target after the move." : null,
        };
        yield return input.Finding("Move.Settings", facts.Settings.Count > 0 ? FindingStatus.Warning : FindingStatus.Pass,
            facts.Settings.Count > 0 ? $"{Listing.Count(facts.Settings.Count, "setting")} of the source database {(facts.Settings.Count == 1 ? "is" : "are")} not moved: {Listing.Of([.. facts.Settings.Select(one => one.Name)])}."
            : "The source database has no settings of its own, which would not be moved.") with
        {
            Evidence = facts.Settings.Count > 0 ? string.Join("; ", facts.Settings.Select(one => one.Role is { } role ? $"{role}: {one.Setting}" : one.Setting)) : null,
            Why = "ALTER DATABASE ... SET and ALTER ROLE ... IN DATABASE ... SET are not in a dump.",
            Fix = facts.Settings.Count > 0
                ? Remedy.Sql("-- on the target, as far as they are wanted there\n" + string.Join('\n', facts.Settings.Select(one => Set(one, input.Target.Server.Database.Name))))
                : null,
        };
    }

    static IEnumerable<string> Named(string kind, IEnumerable<string> names) => names.Select(name => $"{kind} {name}");

    static string Set(SettingOverride setting, string database)
    {
        var quoted = SqlIdentifier.Quote(database);
        var of = setting.Role is { } role ? $"ROLE {SqlIdentifier.Quote(role)} IN DATABASE {quoted}" : $"DATABASE {quoted}";
        var name = string.Join('.', setting.Name.Split('.').Select(SqlIdentifier.Quote));
        // The catalog keeps a list as SET takes it.
        return $"ALTER {of} SET {name} TO {(SettingLists.Has(setting.Name) ? SettingLists.Values(setting.Value) : SqlLiteral.Quote(setting.Value))};";
    }
}
