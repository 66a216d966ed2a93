using LangSmithPg.Common;
using LangSmithPg.Documents;
using LangSmithPg.Tls;

namespace LangSmithPg.Kubernetes;

/// <summary>The Secret with the client certificate, and its key, that LangSmith's pods present to PostgreSQL.</summary>
public sealed class MtlsSecret : IDocument
{
    /// <summary>Its default name.</summary>
    public const string DefaultName = "postgres-mtls-secret";

    /// <summary>The key at which the chart looks for the certificate (chart value <c>clientCert.certSecretKey</c>).</summary>
    public const string DefaultCertificateKey = "tls.crt";

    /// <summary>The key at which the chart looks for the private key (chart value <c>clientCert.keySecretKey</c>).</summary>
    public const string DefaultPrivateKeyKey = "tls.key";

    /// <summary>The type of Secret that Kubernetes has for this; it prescribes both keys.</summary>
    public const string TlsType = "kubernetes.io/tls";

    readonly KubernetesSecret _secret;

    /// <summary>Creates the Secret.</summary>
    /// <param name="client">The certificate with its key.</param>
    /// <param name="name">Its name.</param>
    /// <param name="namespace">Its namespace, or null for the current namespace of kubectl.</param>
    /// <param name="certificateKey">Key of the certificate in it.</param>
    /// <param name="privateKeyKey">Key of the private key in it.</param>
    /// <param name="type">Its type.</param>
    /// <exception cref="ArgumentException">A name or key is not valid in Kubernetes, or is not one that the type requires.</exception>
    public MtlsSecret(
        ClientCertificate client, string name = DefaultName, string? @namespace = null, string certificateKey = DefaultCertificateKey,
        string privateKeyKey = DefaultPrivateKeyKey, string type = "Opaque")
    {
        ArgumentNullException.ThrowIfNull(client);
        if (type == TlsType && (certificateKey, privateKeyKey) != (DefaultCertificateKey, DefaultPrivateKeyKey))
        {
            throw new InvalidNameException(
                certificateKey == DefaultCertificateKey ? privateKeyKey : certificateKey,
                $"A Secret of type {TlsType} must have the keys {DefaultCertificateKey} and {DefaultPrivateKeyKey}.");
        }

        _secret = new(name, @namespace, [new(certificateKey, Secret.From(client.ToPem())!), new(privateKeyKey, client.Key)], type);
        Client = client;
        CertificateKey = certificateKey;
        PrivateKeyKey = privateKeyKey;
    }

    /// <summary>Its name.</summary>
    public string Name => _secret.Name;

    /// <summary>Its namespace, or null for the current namespace of kubectl.</summary>
    public string? Namespace => _secret.Namespace;

    /// <summary>Its type, such as <c>Opaque</c>.</summary>
    public string Type => _secret.Type;

    /// <summary>Key of the certificate in it.</summary>
    public string CertificateKey { get; }

    /// <summary>Key of the private key in it.</summary>
    public string PrivateKeyKey { get; }

    /// <summary>The certificate. It never shows its key.</summary>
    public ClientCertificate Client { get; }

    /// <inheritdoc/>
    public bool HoldsSecrets => true;

    /// <inheritdoc/>
    public DocumentMap ToDocument() => _secret.ToDocument();

    /// <inheritdoc/>
    public override string ToString() => _secret.ToString();
}
