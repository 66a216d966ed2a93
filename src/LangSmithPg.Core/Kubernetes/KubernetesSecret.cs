using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Documents;

namespace LangSmithPg.Kubernetes;

/// <summary>A Kubernetes Secret. It shows itself with its values masked.</summary>
public sealed class KubernetesSecret : IDocument
{
    /// <summary>The default Secret of the connection.</summary>
    public const string DefaultConnectionName = "postgres-secret";

    /// <summary>The key at which the chart looks for the connection (chart value <c>connectionUrlSecretKey</c>).</summary>
    public const string DefaultConnectionKey = "connection_url";

    // The key of the chart's agents: Fleet, Insights and Polly. The same in every version, and no value renames it.
    internal const string AgentConnectionKey = "postgres_connection_url";

    /// <summary>Creates a Secret.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="namespace">Its namespace, or null for the current namespace of kubectl.</param>
    /// <param name="entries">Its entries.</param>
    /// <param name="type">Its type.</param>
    /// <exception cref="ArgumentException">A name or key is not valid in Kubernetes.</exception>
    public KubernetesSecret(string name, string? @namespace, IReadOnlyList<SecretEntry> entries, string type = "Opaque")
    {
        ArgumentNullException.ThrowIfNull(entries);
        Name = KubernetesNames.RequireObjectName(name);
        Namespace = KubernetesNames.RequireNamespace(@namespace);
        foreach (var key in entries.Select(entry => entry.Key))
        {
            KubernetesNames.RequireSecretKey(key);
        }

        Entries = entries.Select(entry => entry.Key).Distinct(StringComparer.Ordinal).Count() == entries.Count
            ? entries.ToArray()
            : throw new ArgumentException("A key is specified more than once.", nameof(entries));
        Type = type;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its namespace, or null for the current namespace of kubectl.</summary>
    public string? Namespace { get; }

    /// <summary>Its type, such as <c>Opaque</c>.</summary>
    public string Type { get; }

    /// <summary>Its entries.</summary>
    public IReadOnlyList<SecretEntry> Entries { get; }

    /// <inheritdoc/>
    public bool HoldsSecrets => true;

    /// <summary>The Secret that holds a connection for LangSmith.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="name">Name of the Secret.</param>
    /// <param name="namespace">Its namespace, or null.</param>
    /// <param name="key">Key of the connection in it.</param>
    /// <exception cref="ArgumentException">A name or key is not valid in Kubernetes.</exception>
    public static KubernetesSecret ForConnection(
        PgConnectionString connection, string name = DefaultConnectionName, string? @namespace = null, string key = DefaultConnectionKey)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return new(name, @namespace, [new(key, Secret.From(connection.ToPlainText())!)]);
    }

    /// <inheritdoc/>
    public DocumentMap ToDocument()
    {
        List<KeyValuePair<string, DocumentNode>> metadata = [new("name", new DocumentText(Name))];
        if (Namespace is not null)
        {
            metadata.Add(new("namespace", new DocumentText(Namespace)));
        }

        return new(
        [
            new("apiVersion", new DocumentText("v1")),
            new("kind", new DocumentText("Secret")),
            new("metadata", new DocumentMap(metadata)),
            new("type", new DocumentText(Type)),
            new("stringData", new DocumentMap([.. Entries.Select(entry => KeyValuePair.Create(entry.Key, (DocumentNode)new DocumentText(entry.Value.Reveal())))])),
        ]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"Secret {(Namespace is null ? Name : $"{Namespace}/{Name}")} ({string.Join(", ", Entries.Select(entry => entry.Key))})";
}

/// <summary>One entry of a Kubernetes Secret.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Value">Its value.</param>
public sealed record SecretEntry(string Key, Secret Value);
