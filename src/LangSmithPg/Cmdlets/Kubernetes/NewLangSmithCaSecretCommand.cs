using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;
using LangSmithPg.Binding;
using LangSmithPg.Cmdlets.Tls;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Connections.Drivers;
using LangSmithPg.Errors;
using LangSmithPg.Kubernetes;
using LangSmithPg.Tls;

namespace LangSmithPg.Cmdlets.Kubernetes;

/// <summary>Creates the Kubernetes Secret with the CA certificates that LangSmith's pods trust.</summary>
// The set by default is the one into which PowerShell can convert nothing: a certificate would become a path.
[Cmdlet(VerbsCommon.New, "LangSmithCaSecret", DefaultParameterSetName = ServerSet)]
[OutputType(typeof(CaSecret))]
public sealed class NewLangSmithCaSecretCommand : CertificateCmdlet
{
    const string PathSet = "Path";
    const string CertificateSet = "Certificate";
    const string ServerSet = "ServerCertificate";

    readonly List<X509Certificate2> _certificates = [];
    bool _isComplete = true;

    /// <summary>Files with CA certificates in PEM, DER or PKCS #7, or folders of such files.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "FilePath")]
    [SupportsWildcards]
    [AllowEmptyCollection]
    [AllowEmptyString]
    [AllowNull]
    [PathColumn("Path", "FullName", "FilePath")]
    public string[]? Path { get; set; }

    /// <summary>Certificates, such as <c>Get-ChildItem Cert:\</c> gives.</summary>
    [Parameter(ParameterSetName = CertificateSet, Mandatory = true, ValueFromPipeline = true)]
    public X509Certificate2[] Certificate { get; set; } = [];

    /// <summary>
    /// What a server presents, from Get-LangSmithPgCertificate: its CA is trusted after you confirm that it is the right
    /// one, at the prompt or with -Fingerprint.
    /// </summary>
    [Parameter(ParameterSetName = ServerSet, Mandatory = true, ValueFromPipeline = true)]
    [Rehydrated]
    public ServerCertificate ServerCertificate { get; set; } = null!;

    /// <summary>SHA-256 fingerprint of the CA certificate in hexadecimal, from the server's administrator; there is no confirmation prompt then.</summary>
    [Parameter(ParameterSetName = ServerSet)]
    public string? Fingerprint { get; set; }

    /// <summary>A connection, or the name of its server, whose certificate the bundle must verify in full; there is no login.</summary>
    [Parameter]
    public ConnectionInput? VerifyAgainst { get; set; }

    /// <summary>Name of the Secret.</summary>
    [Parameter]
    public string Name { get; set; } = CaSecret.DefaultName;

    /// <summary>Key of the bundle in the Secret.</summary>
    [Parameter]
    public string Key { get; set; } = CaSecret.DefaultKey;

    /// <summary>
    /// Add the public CA certificates: those that Mozilla trusts, as the pods' images have them. The pods trust only the bundle, and
    /// LangSmith still talks to public services.
    /// </summary>
    [Parameter]
    public SwitchParameter IncludePublicRoots { get; set; }

    /// <summary>The maximum time to wait for the server of -VerifyAgainst, in seconds.</summary>
    [Parameter]
    [ValidateRange(0.1, 86_400)]
    public double TimeoutSeconds { get; set; } = 15;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _certificates.AddRange(Certificate);
        if (ParameterSetName == ServerSet)
        {
            AddAnchor();
        }

        if (ParameterSetName != PathSet)
        {
            return;
        }

        foreach (var file in this.RequirePaths(Path).SelectMany(this.Resolve))
        {
            if (Read(() => Wait(() => CaBundle.Read(file))) is { } bundle)
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
            WriteVerbose($"Removed {repeated} duplicate certificates.");
        }

        if (!Report(CaBundleCheck.Check(bundle, now, ExpiryWarning))
            || (IncludePublicRoots ? Read(() => WithPublicAuthorities(bundle, now)) : bundle) is not { } whole)
        {
            return;
        }

        try
        {
            var secret = new CaSecret(whole, Name, Namespace, Key);
            if (VerifyAgainst is null || IsVerified(secret.Bundle))
            {
                WriteObject(secret);
            }
        }
        catch (InvalidNameException exception)
        {
            WriteError(ErrorRecords.InvalidName(exception));
        }
    }

    CaBundle WithPublicAuthorities(CaBundle bundle, DateTimeOffset now)
    {
        var authorities = PublicAuthorities.ValidAt(now);
        WriteVerbose($"Adding {authorities.Certificates.Count} public CA certificates: {PublicAuthorities.Description}.");
        return bundle.With(authorities);
    }

    // An attacker could present any certificate: only a person can confirm that it is the right CA.
    void AddAnchor()
    {
        var problem = ServerCertificate.Chain.Anchor is not { } anchor
            ? ErrorRecords.AnchorMissing(ServerCertificate)
            : Fingerprint is not null
                ? CertificateFingerprint.Matches(anchor, Fingerprint) ? null : ErrorRecords.FingerprintMismatch(ServerCertificate)
                : IsConfirmed(anchor) ? null : ErrorRecords.AnchorNotConfirmed(ServerCertificate);
        if (problem is null)
        {
            _certificates.Add(ServerCertificate.Chain.Anchor!);
        }
        else
        {
            WriteError(problem);
            _isComplete = false;
        }
    }

    bool IsConfirmed(X509Certificate2 anchor) => Confirmation.Answer(() => ShouldContinue(
        $"{ServerCertificate.HostName} presents the certificate authority (CA) {VisibleText.Line(anchor.Subject)} with the SHA-256 fingerprint\n{ServerCertificate.AnchorFingerprint}\nHave you compared the fingerprint with the one from the server's administrator, and do you want LangSmith to trust this CA?",
        "Trust this certificate authority")) is true;

    bool IsVerified(CaBundle bundle)
    {
        if ((ServerAddress.Of(VerifyAgainst!, port: null) is { } server ? Accept(server) : Accept(VerifyAgainst!)) is not { } connection)
        {
            return false;
        }

        var observation = Await((_, cancellationToken) => Postgres.Tls.CertificateProbe.RunAsync(
            connection.Hosts, connection["sslnegotiation"] == "direct", bundle, TimeSpan.FromSeconds(TimeoutSeconds), cancellationToken));
        var verdict = observation.Certificate?.Verdicts.First(one => one is { Driver: PgDriver.Libpq, SslMode: SslMode.VerifyFull });
        if (observation.Failure is { } failure)
        {
            WriteError(failure.ToErrorRecord(connection.Target));
        }
        else if (verdict is { Outcome: TlsOutcome.Refused })
        {
            WriteError(ErrorRecords.NotVerified(connection.Target, verdict));
        }

        return verdict is { Outcome: not TlsOutcome.Refused };
    }
}
