using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;
using LangSmithPg.Errors;
using LangSmithPg.Kubernetes;
using LangSmithPg.Tls;

namespace LangSmithPg.Commands;

/// <summary>Makes the Kubernetes Secret with the authorities that LangSmith's pods trust.</summary>
[Cmdlet(VerbsCommon.New, "LangSmithCaSecret", DefaultParameterSetName = PathSet)]
[OutputType(typeof(CaSecret))]
public sealed class NewLangSmithCaSecretCommand : CertificateCmdlet
{
    const string PathSet = "Path";
    const string CertificateSet = "Certificate";

    readonly List<X509Certificate2> _certificates = [];
    bool _isComplete = true;

    /// <summary>Files with the authorities' certificates in PEM, DER or PKCS #7, or folders of such files.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "FilePath")]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Certificates, such as <c>Get-ChildItem Cert:\</c> gives.</summary>
    [Parameter(ParameterSetName = CertificateSet, Mandatory = true, ValueFromPipeline = true)]
    public X509Certificate2[] Certificate { get; set; } = [];

    /// <summary>Name of the Secret.</summary>
    [Parameter]
    public string Name { get; set; } = CaSecret.DefaultName;

    /// <summary>Key of the bundle in the Secret.</summary>
    [Parameter]
    public string Key { get; set; } = CaSecret.DefaultKey;

    /// <summary>
    /// Add the public authorities that this machine trusts. The pods trust nobody but the bundle, and LangSmith still talks to public
    /// services.
    /// </summary>
    [Parameter]
    public SwitchParameter IncludePublicRoots { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _certificates.AddRange(Certificate);
        foreach (var file in Path.SelectMany(Resolve))
        {
            if (Read(() => CaBundle.Read(file)) is { } bundle)
            {
                _certificates.AddRange(bundle.Certificates);
            }
            else
            {
                _isComplete = false;
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        // Half a bundle would be found out in the pods.
        if (!_isComplete || _certificates.Count == 0)
        {
            return;
        }

        var now = DateTimeOffset.UtcNow;
        var bundle = CaBundle.Of(_certificates);
        if (_certificates.Count - bundle.Certificates.Count is > 0 and var repeated)
        {
            WriteVerbose($"{repeated} certificates came more than once and are taken once.");
        }

        if (!Report(CaBundleCheck.Check(bundle, now, ExpiryWarning)))
        {
            return;
        }

        try
        {
            WriteObject(new CaSecret(IncludePublicRoots ? bundle.With(CaBundle.PublicRoots(now)) : bundle, Name, Namespace, Key));
        }
        catch (ArgumentException exception)
        {
            WriteError(ErrorRecords.InvalidName(exception, Name));
        }
    }
}
