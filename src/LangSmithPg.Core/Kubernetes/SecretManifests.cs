using LangSmithPg.Common;
using LangSmithPg.Documents;

namespace LangSmithPg.Kubernetes;

/// <summary>Finds the Secrets in manifests, and in what <c>kubectl get secret -o json</c> prints.</summary>
static class SecretManifests
{
    /// <summary>Finds them, in the order of the document. Anything else is passed over.</summary>
    /// <param name="root">The document.</param>
    /// <exception cref="InvalidNameException">A name or key is not valid in Kubernetes.</exception>
    public static IEnumerable<KubernetesSecret> Find(DocumentNode root) => root switch
    {
        DocumentList list => list.Items.SelectMany(Find),
        DocumentMap map when Text(map, "kind") == "Secret" && map["metadata"] is DocumentMap metadata && Text(metadata, "name") is { } name =>
            [new(name, Text(metadata, "namespace"), [.. SecretData.Of(map).Entries.Select(Entry).OfType<SecretEntry>()])],
        DocumentMap map when map["items"] is DocumentList items => items.Items.SelectMany(Find),
        _ => [],
    };

    // An empty entry is none.
    static SecretEntry? Entry(KeyValuePair<string, DocumentNode> entry) => Secret.From((entry.Value as DocumentText)?.Value) is { } value ? new(entry.Key, value) : null;

    static string? Text(DocumentMap map, string key) => map[key] is DocumentText { Value.Length: > 0 } text ? text.Value : null;
}
