using System.Management.Automation;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using LangSmithPg.Binding;
using LangSmithPg.Cmdlets.Tls;
using LangSmithPg.Errors;
using LangSmithPg.Kubernetes;
using LangSmithPg.Tls;

namespace LangSmithPg.Cmdlets.Kubernetes;

/// <summary>Creates the Kubernetes Secret with the client certificate, and its key, that LangSmith's pods show to PostgreSQL.</summary>
[Cmdlet(VerbsCommon.New, "LangSmithMtlsSecret", DefaultParameterSetName = PemSet)]
[OutputType(typeof(MtlsSecret))]
public sealed class NewLangSmithMtlsSecretCommand : CertificateCmdlet
{
    const string PemSet = "Pem";
    const string PfxSet = "Pfx";
    const string CertificateSet = "Certificate";

    /// <summary>File with the certificate in PEM or DER; it can also contain the intermediate CA certificates and the key.</summary>
    [Parameter(ParameterSetName = PemSet, Mandatory = true, Position = 0)]
    [Alias("CertPath")]
    public string CertificatePath { get; set; } = "";

    /// <summary>File with the private key in PEM: PKCS #8, PKCS #1 or SEC 1, encrypted or not. Not needed when the other file holds it.</summary>
    [Parameter(ParameterSetName = PemSet, Position = 1)]
    public string? KeyPath { get; set; }

    /// <summary>PFX (PKCS #12) file with the certificate and its key.</summary>
    [Parameter(ParameterSetName = PfxSet, Mandatory = true)]
    public string PfxPath { get; set; } = "";

    /// <summary>Password of the PFX file or of the private key.</summary>
    [Parameter(ParameterSetName = PemSet)]
    [Parameter(ParameterSetName = PfxSet)]
    [SecureText]
    public SecureString? Password { get; set; }

    /// <summary>A certificate with an exportable private key, such as <c>Get-ChildItem Cert:\CurrentUser\My</c> gives.</summary>
    [Parameter(ParameterSetName = CertificateSet, Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [CertificateColumn]
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Files with the intermediate CA certificates between that certificate and its root.</summary>
    [Parameter(ParameterSetName = CertificateSet)]
    [SupportsWildcards]
    public string[] ChainPath { get; set; } = [];

    /// <summary>Name of the Secret.</summary>
    [Parameter]
    public string Name { get; set; } = MtlsSecret.DefaultName;

    /// <summary>Key of the certificate in the Secret.</summary>
    [Parameter]
    [Alias("CertSecretKey")]
    public string CertificateKey { get; set; } = MtlsSecret.DefaultCertificateKey;

    /// <summary>Key of the private key in the Secret.</summary>
    [Parameter]
    [Alias("KeySecretKey")]
    public string PrivateKeyKey { get; set; } = MtlsSecret.DefaultPrivateKeyKey;

    /// <summary>Type of the Secret.</summary>
    [Parameter]
    [ValidateSet("Opaque", MtlsSecret.TlsType)]
    public string Type { get; set; } = "Opaque";

    /// <summary>The connection of the certificate: its user is compared to the certificate's common name.</summary>
    [Parameter]
    public ConnectionInput? Connection { get; set; }

    /// <summary>The database user of the certificate, if no connection is specified.</summary>
    [Parameter]
    public string? UserName { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == CertificateSet && Certificate is null)
        {
            WriteError(ErrorRecords.NotACertificate());
            return;
        }

        var user = UserName;
        if (Connection is not null)
        {
            if (Accept(Connection) is not { } connection)
            {
                return;
            }

            user ??= connection.UserName;
        }

        if (Read(ReadCertificate) is not { } client || !Report(ClientCertificateCheck.Check(client, user, DateTimeOffset.UtcNow, ExpiryWarning)))
        {
            return;
        }

        try
        {
            WriteObject(new MtlsSecret(client, Name, Namespace, CertificateKey, PrivateKeyKey, Type));
        }
        catch (InvalidNameException exception)
        {
            WriteError(ErrorRecords.InvalidName(exception));
        }
    }

    ClientCertificate ReadCertificate()
    {
        var password = ToSecret(Password);
        switch (ParameterSetName)
        {
            case PfxSet:
                var pfx = GetUnresolvedProviderPathFromPSPath(PfxPath);
                return Wait(() => ClientCertificate.ReadPfx(pfx, password));
            case CertificateSet:
                var files = ChainPath.SelectMany(this.Resolve).ToList();
                return ClientCertificate.From(Certificate!, Wait(() => files.ConvertAll(CaBundle.Read)).SelectMany(bundle => bundle.Certificates));
            default:
                var (certificate, key) = (GetUnresolvedProviderPathFromPSPath(CertificatePath), KeyPath is null ? null : GetUnresolvedProviderPathFromPSPath(KeyPath));
                return Wait(() => ClientCertificate.Read(certificate, key, password));
        }
    }
}
