using LangSmithPg.Common;
using LangSmithPg.Files;
using YamlDotNet.Core;

namespace LangSmithPg.Yaml.Editing;

/// <summary>Resolves a path through maps, and rejects one that goes through a shared node.</summary>
static class Maps
{
    const string MergeKey = "<<";

    public static SyntaxMap Require(SyntaxNode node, IReadOnlyList<string> path) => node as SyntaxMap
        ?? throw Problem(
            FileProblemKind.NotAMap, node, path, node is SyntaxList ? "is a list, but a map is required" : "is a single value, but a map is required",
            path.Count == 0 ? "Specify a Helm values file: keys with their values, such as postgres: on its first line." : "The LangSmith chart has a map here: fix the file manually.");

    /// <summary>The entry of a key, or null.</summary>
    public static (SyntaxNode Key, SyntaxNode Value)? Find(SyntaxMap map, string key)
    {
        var found = map.Entries.Where(entry => entry.Key is SyntaxScalar scalar && scalar.Value == key).ToList();
        return found switch
        {
            [] => null,
            [var one] => one,
            _ => throw Problem(FileProblemKind.DuplicateKey, found[1].Key, [key], "is already defined in this map (duplicate key)", "Keep one of them: Helm uses the last one, or fails."),
        };
    }

    /// <summary>Refuses to go into what an anchor or alias shares with other places.</summary>
    public static void RefuseShared(SyntaxNode node, IReadOnlyList<string> path)
    {
        var what = node switch
        {
            SyntaxAlias alias => $"is the alias *{alias.Name}",
            { Anchor.Length: > 0 } => $"has the anchor &{node.Anchor}",
            _ => null,
        };
        if (what is not null)
        {
            throw Problem(FileProblemKind.SharedPlace, node, path, $"{what}: a change would also affect other places", "Write the value explicitly, without an anchor or alias.");
        }
    }

    /// <summary>Refuses to add to a map that takes keys from elsewhere: what comes in could hide what is merged.</summary>
    public static void RefuseMerged(SyntaxMap map, IReadOnlyList<string> path)
    {
        if (Find(map, MergeKey) is { } merge)
        {
            throw Problem(FileProblemKind.SharedPlace, merge.Key, path, "includes the keys of another map with <<", "Write these keys explicitly, without <<.");
        }
    }

    /// <summary>The block scalar with which a node ends, or null.</summary>
    public static SyntaxScalar? LastBlock(SyntaxNode node) => node switch
    {
        SyntaxMap { IsFlow: false, Entries.Count: > 0 } map => LastBlock(map.Entries[^1].Value),
        SyntaxList { IsFlow: false, Items.Count: > 0 } list => LastBlock(list.Items[^1]),
        SyntaxScalar { Style: ScalarStyle.Literal or ScalarStyle.Folded } block => block,
        _ => null,
    };

    public static FileEditException Problem(FileProblemKind kind, SyntaxNode node, IReadOnlyList<string> path, string what, string fix) => new(
        kind, $"{(path.Count == 0 ? "The document" : new ValuesPath(path).ToString())} {what}.", fix, node.Place.Line, node.Place.Column);
}
