using LangSmithPg.Common;
using LangSmithPg.Extensions;
using LangSmithPg.Findings;
using LangSmithPg.Sql;

namespace LangSmithPg.Moves.Rules;

/// <summary>Whether the target has the extensions of the source, or can have them.</summary>
sealed class MoveExtensionRule : IMoveRule
{
    public IEnumerable<Finding> Evaluate(MoveInput input)
    {
        var (from, to) = (input.Source, input.Target);
        var missing = MissingExtensions.Of(from, to);
        var both = from.Facts.Extensions.Select(one => (Old: one, New: to.Facts.Extensions.FirstOrDefault(other => other.Name == one.Name))).Where(pair => pair.New is not null).ToList();
        var elsewhere = both.Where(pair => pair.Old.Schema != pair.New!.Schema).ToList();
        var older = both.Where(pair => ExtensionVersion.IsOlder(pair.New!.Version, pair.Old.Version)).ToList();
        var willBeOlder = missing.Creatable.Where(one => to.Facts.Available?.FirstOrDefault(other => other.Name == one.Name) is { } other && ExtensionVersion.IsOlder(other.Version, one.Version)).ToList();
        var (status, message, fix) = (missing, elsewhere.Count, older.Count + willBeOlder.Count) switch
        {
            ({ Unavailable.Count: > 0 }, _, _) => (FindingStatus.Fail, $"The target's server has no files for {Names(missing.Unavailable)}, which the source uses.",
                (Remedy?)"Install the package that contains the extension on the target's server, or use a server that has it. If nothing needs it, drop it in the source."),
            ({ NotAllowed.Count: > 0 }, _, _) => (FindingStatus.Fail, $"{AllowList.Of(to.Server)!.Setting} of the target does not allow {Names(missing.NotAllowed)}, which the source uses.",
                $"Add {string.Join(", ", missing.NotAllowed.Select(one => one.Name))} to the server parameter {AllowList.Of(to.Server)!.Setting} of the target."),
            ({ Forbidden.Count: > 0 }, _, _) => (FindingStatus.Fail, $"{Names(missing.Forbidden)} of the source {(missing.Forbidden.Count == 1 ? "is" : "are")} not installed in the target, and role {to.Server.Role.Name} may not create {(missing.Forbidden.Count == 1 ? "it" : "them")}.",
                Remedy.Sql("-- on the target, as an administrator\n" + string.Join('\n', missing.Forbidden.Select(Create)))),
            (_, > 0, _) => (FindingStatus.Fail, $"{Listing.Of([.. elsewhere.Select(pair => $"{pair.Old.Name} is in schema {pair.Old.Schema} of the source and in {pair.New!.Schema} of the target")])}.",
                Remedy.Sql(string.Join('\n', elsewhere.Select(pair => $"ALTER EXTENSION {SqlIdentifier.Quote(pair.Old.Name)} SET SCHEMA {SqlIdentifier.Quote(pair.Old.Schema)}; {SqlComment.Of($"on the target, as {pair.New!.Owner}")}")))),
            ({ Unknown.Count: > 0 }, _, _) => (FindingStatus.Unknown, $"{Names(missing.Unknown)} of the source {(missing.Unknown.Count == 1 ? "is" : "are")} not installed in the target, and the server could not read its list of extensions.",
                Remedy.Sql("-- on the target\n" + string.Join('\n', missing.Unknown.Select(Create)))),
            (_, _, > 0) => (FindingStatus.Warning, $"The target has an older version of {Listing.Of([.. older.Select(pair => pair.Old.Name), .. willBeOlder.Select(one => one.Name)])} than the source.",
                older.Count > 0
                    ? Remedy.Sql(string.Join('\n', older.Select(pair => $"ALTER EXTENSION {SqlIdentifier.Quote(pair.Old.Name)} UPDATE; {SqlComment.Of($"on the target, as {pair.New!.Owner}")}")))
                    : "Use a newer release of the extension's package on the target's server."),
            _ => (FindingStatus.Pass, Passed(from, missing), null),
        };
        yield return input.Finding("Move.Extensions", status, message) with
        {
            Evidence = from.Facts.Extensions.Count == 0 ? null : string.Join(", ", from.Facts.Extensions.Select(one =>
                $"{one.Name} {one.Version}{(both.FirstOrDefault(pair => pair.Old == one).New is { } other ? $" (target: {other.Version})" : " (target: not installed)")}")),
            Why = "Types, functions and operators of an extension are not in a dump: without it, tables and indexes that use them cannot be restored.",
            Fix = fix,
        };
    }

    static string Passed(MoveSide from, MissingExtensions missing) => (from.Facts.Extensions.Count, missing.Creatable.Count) switch
    {
        (0, _) => "The source uses no extensions.",
        (_, 0) => "The target has the extensions of the source.",
        _ => $"{Names(missing.Creatable)} of the source {(missing.Creatable.Count == 1 ? "is" : "are")} not installed in the target yet; its role may create {(missing.Creatable.Count == 1 ? "it" : "them")}.",
    };

    static string Names(IReadOnlyList<InstalledExtension> extensions) => Listing.Of([.. extensions.Select(one => one.Name)]);

    static string Create(InstalledExtension extension) => $"CREATE EXTENSION IF NOT EXISTS {SqlIdentifier.Quote(extension.Name)} SCHEMA {SqlIdentifier.Quote(extension.Schema)};";
}
