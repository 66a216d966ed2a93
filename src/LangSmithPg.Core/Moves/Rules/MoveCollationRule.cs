using LangSmithPg.Common;
using LangSmithPg.Findings;

namespace LangSmithPg.Moves.Rules;

/// <summary>Whether text is sorted in the target as in the source, and the collations that columns use are there.</summary>
sealed class MoveCollationRule : IMoveRule
{
    public IEnumerable<Finding> Evaluate(MoveInput input)
    {
        yield return OfDatabase(input);
        yield return OfColumns(input);
    }

    static Finding OfDatabase(MoveInput input)
    {
        var (from, to) = (Describe(input.Source), Describe(input.Target));
        return input.Finding("Move.Collation", from == to ? FindingStatus.Pass : FindingStatus.Warning,
            from == to ? $"Source and target sort by {to}." : $"The source sorts by {from}, and the target by {to}.") with
        {
            Why = "Where text is sorted in another way, lists and ranges change; the indexes are built anew and stay correct. A unique index can fail where the target takes two texts for equal.",
            Fix = from == to ? null : "If the sort order has to stay, create the target database with the source's collation from template0.",
        };
    }

    static Finding OfColumns(MoveInput input)
    {
        var (facts, names) = (input.Source.Facts, input.Target.Facts.SystemCollations.ToHashSet(StringComparer.Ordinal));
        List<string> missing = [.. facts.UsedCollations.Where(name => !names.Contains(name))];
        List<CollationObject> ofSystem = [.. facts.Collations.Where(one => one.Provider == "c" && one.Locale is not null and not "C" and not "POSIX" && !names.Contains(one.Locale))];
        return input.Finding("Move.CollationObjects", missing.Count > 0 ? FindingStatus.Fail : ofSystem.Count > 0 ? FindingStatus.Unknown : FindingStatus.Pass,
            missing.Count > 0 ? $"Columns of the source use the collation {Listing.Of(missing)}, which the target does not have."
            : ofSystem.Count > 0 ? $"Whether the target's system has the locale of {Listing.Of([.. ofSystem.Select(one => $"{one.Name} ({one.Locale})")])} is not known."
            : "The target has the collations that columns of the source use.") with
        {
            Why = "A table whose column uses a collation that does not exist cannot be restored.",
            Fix = missing.Count > 0 ? "Install the locale on the target's system and run pg_import_system_collations, or change the columns in the source to a collation that both servers have."
                : ofSystem.Count > 0 ? "Create the collation in another database of the target's server, and drop it again."
                : null,
        };
    }

    static string Describe(MoveSide side)
    {
        var (facts, collation) = (side.Facts, side.Server.Database.Collation);
        return facts.LocaleProvider switch
        {
            "i" => $"ICU locale {facts.Locale}",
            "b" => $"PostgreSQL's built-in locale {facts.Locale}",
            _ when Spelled(collation) == Spelled(facts.CharacterType) => $"{Spelled(collation)} of the system's library",
            _ => $"{Spelled(collation)} of the system's library with character types of {Spelled(facts.CharacterType)}",
        };
    }

    // en_US.utf8 and en_US.UTF-8 are one.
    static string Spelled(string locale) => locale.Replace("utf8", "UTF-8", StringComparison.OrdinalIgnoreCase);
}
