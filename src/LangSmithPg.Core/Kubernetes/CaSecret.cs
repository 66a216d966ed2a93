using LangSmithPg.Common;
using LangSmithPg.Documents;
using LangSmithPg.Tls;

namespace LangSmithPg.Kubernetes;

/// <summary>The Secret with the CA certificates that LangSmith's pods trust. Its content is public.</summary>
public sealed class CaSecret : IDocument
{
    /// <summary>Its default name.</summary>
    public const string DefaultName = "langsmith-custom-ca";

    /// <summary>The default key of the bundle in it.</summary>
    public const string DefaultKey = "ca.crt";

    readonly KubernetesSecret _secret;

    /// <summary>Creates the Secret.</summary>
    /// <param name="bundle">The CA certificates.</param>
    /// <param name="name">Its name.</param>
    /// <param name="namespace">Its namespace, or null for the current namespace of kubectl.</param>
    /// <param name="key">Key of the bundle in it.</param>
    /// <exception cref="ArgumentException">A name or key is not valid in Kubernetes.</exception>
    public CaSecret(CaBundle bundle, string name = DefaultName, string? @namespace = null, string key = DefaultKey)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        _secret = new(name, @namespace, [new(key, Secret.From(bundle.ToPem())!)]);
        Bundle = bundle;
        Key = key;
    }

    /// <summary>Its name.</summary>
    public string Name => _secret.Name;

    /// <summary>Its namespace, or null for the current namespace of kubectl.</summary>
    public string? Namespace => _secret.Namespace;

    /// <summary>Key of the bundle in it.</summary>
    public string Key { get; }

    /// <summary>The CA certificates.</summary>
    public CaBundle Bundle { get; }

    /// <inheritdoc/>
    public bool HoldsSecrets => false;

    /// <inheritdoc/>
    public DocumentMap ToDocument() => _secret.ToDocument();

    /// <inheritdoc/>
    public override string ToString() => _secret.ToString();
}
