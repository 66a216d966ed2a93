using System.Security.Cryptography.X509Certificates;
using LangSmithPg.Common;
using LangSmithPg.Kubernetes;
using LangSmithPg.Tls;

namespace LangSmithPg.Binding;

/// <summary>What a parameter accepts as a client certificate: a path, a certificate with its key, or the Secret that will hold it.</summary>
public sealed class ClientCertificateInput
{
    readonly string? _path;
    readonly X509Certificate2? _certificate;
    readonly ClientCertificate? _client;

    /// <summary>Takes a PEM or PFX file.</summary>
    /// <param name="path">Its path.</param>
    public ClientCertificateInput(string path) => _path = path;

    /// <summary>Takes a PEM or PFX file, such as Get-Item gives.</summary>
    /// <param name="file">The file.</param>
    public ClientCertificateInput(FileSystemInfo file)
    {
        ArgumentNullException.ThrowIfNull(file);
        _path = file.FullName;
    }

    /// <summary>Takes a certificate with its key.</summary>
    /// <param name="certificate">The certificate.</param>
    public ClientCertificateInput(X509Certificate2 certificate) => _certificate = certificate;

    /// <summary>Takes the certificate of a Secret.</summary>
    /// <param name="secret">The Secret.</param>
    public ClientCertificateInput(MtlsSecret secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        _client = secret.Client;
    }

    // The paths are resolved at once, by PowerShell's thread.
    internal Func<ClientCertificate> Reader(string? keyPath, Secret? password, Func<string, string> resolve)
    {
        if (_client is not null || _certificate is not null)
        {
            return () => _client ?? ClientCertificate.From(_certificate!, []);
        }

        var (path, key) = (resolve(_path!), keyPath is null ? null : resolve(keyPath));
        return () => ClientCertificate.Read(path, key, password);
    }
}
