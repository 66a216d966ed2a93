using System.Security.Cryptography.X509Certificates;
using LangSmithPg.Kubernetes;
using LangSmithPg.Tls;

namespace LangSmithPg.Binding;

/// <summary>What a parameter accepts as CA certificates: a path, a certificate or the Secret that will contain them.</summary>
public sealed class CaBundleInput
{
    readonly string? _path;
    readonly CaBundle? _bundle;

    /// <summary>Takes a file or folder.</summary>
    /// <param name="path">Its path.</param>
    public CaBundleInput(string path) => _path = path;

    /// <summary>Takes a file or folder, such as Get-Item gives.</summary>
    /// <param name="file">The file or folder.</param>
    public CaBundleInput(FileSystemInfo file)
    {
        ArgumentNullException.ThrowIfNull(file);
        _path = file.FullName;
    }

    /// <summary>Takes a bundle.</summary>
    /// <param name="bundle">The bundle.</param>
    public CaBundleInput(CaBundle bundle) => _bundle = bundle;

    /// <summary>Takes the bundle of a Secret.</summary>
    /// <param name="secret">The Secret.</param>
    public CaBundleInput(CaSecret secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        _bundle = secret.Bundle;
    }

    /// <summary>Takes a certificate.</summary>
    /// <param name="certificate">The certificate.</param>
    public CaBundleInput(X509Certificate2 certificate) => _bundle = CaBundle.Of([certificate]);

    // Reads all that a parameter was given, as one bundle; null when it was given none. The paths are resolved at once, by PowerShell's thread.
    internal static Func<CaBundle?> Reader(CaBundleInput[] several, Func<string, string> resolve)
    {
        var all = several.Select(one => (one._bundle, Path: one._path is null ? null : resolve(one._path))).ToList();
        return () => all.Select(one => one._bundle ?? CaBundle.Read(one.Path!)).Aggregate((CaBundle?)null, (whole, one) => whole?.With(one) ?? one);
    }
}
