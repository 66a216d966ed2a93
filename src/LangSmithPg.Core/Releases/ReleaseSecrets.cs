using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Databases;
using LangSmithPg.Helm.Linting;
using LangSmithPg.Kubernetes;

namespace LangSmithPg.Releases;

/// <summary>
/// The Secrets of a release, and what its values would say if the connections stood in them in place of their names: what is a mistake there
/// is one in a Secret too, where Helm and the lint of the values do not see it.
/// </summary>
/// <param name="secrets">The Secrets that were given.</param>
sealed class ReleaseSecrets(IReadOnlyList<KubernetesSecret> secrets)
{
    const string Prefix = "Secret ";

    static readonly string[] PartNames = ["host", "database", "username", "password"];

    /// <summary>The Secret of a name; null where it was not given.</summary>
    /// <param name="name">Its name.</param>
    public KubernetesSecret? Find(string name) => secrets.FirstOrDefault(secret => secret.Name == name);

    /// <summary>What stands at a key of a Secret; null where the key is missing or empty.</summary>
    /// <param name="secret">The Secret.</param>
    /// <param name="key">The key.</param>
    public static string? Text(KubernetesSecret secret, string key) => secret.Entries.FirstOrDefault(entry => entry.Key == key)?.Value.Reveal();

    /// <summary>A values file that has the connection of a database in the place of the name of its Secret; null where the Secret does not give one.</summary>
    /// <param name="database">The database.</param>
    public ValuesFile? AsValues(ReleaseDatabase database)
    {
        if (database.SecretName is not { } name || Find(name) is not { } secret)
        {
            return null;
        }

        (string Key, string? Value)[]? parts = database.Purpose switch
        {
            DatabasePurpose.SmithDbMetastore => null,
            DatabasePurpose.SmithDbTaskDb => [.. PartNames.Zip(database.SecretKeys, (part, key) => (part, Text(secret, key)))],
            _ => [("connectionUrl", database.SecretKeys is [var key, ..] ? Text(secret, key) : null)],
        };
        return parts is null || parts.Any(part => part is { Key: not "password", Value: null })
            ? null
            : new(NameOf(name), [Node(database.ValuesPath, 0, [("existingSecretName", ""), .. parts])], []);
    }

    /// <summary>What stands for the path of a file.</summary>
    /// <param name="name">Name of the Secret.</param>
    public static string NameOf(string name) => $"{Prefix}{name}";

    /// <summary>Whether the path of a file is one of these.</summary>
    /// <param name="path">The path.</param>
    public static bool IsName(string path) => path.StartsWith(Prefix, StringComparison.Ordinal);

    static ValuesNode Node(ValuesPath path, int depth, IReadOnlyList<(string Key, string? Value)> leaves)
    {
        var own = new ValuesPath([.. path.Keys.Take(depth + 1)]);
        return new(own, ValueKind.Map, "", Line: 1, Column: 1)
        {
            Children = depth + 1 < path.Keys.Count
                ? [Node(path, depth + 1, leaves)]
                : [.. leaves.Where(leaf => leaf.Value is not null).Select(leaf => new ValuesNode(own.Child(leaf.Key), ValueKind.Text, leaf.Value!, Line: 1, Column: 1))],
        };
    }
}
