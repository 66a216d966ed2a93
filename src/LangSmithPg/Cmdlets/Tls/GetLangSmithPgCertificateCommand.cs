using System.Management.Automation;
using LangSmithPg.Binding;
using LangSmithPg.Connections;
using LangSmithPg.Errors;
using LangSmithPg.Tls;

namespace LangSmithPg.Cmdlets.Tls;

/// <summary>Gets the certificate that a PostgreSQL server presents, and how each driver would evaluate it, without logging in.</summary>
[Cmdlet(VerbsCommon.Get, "LangSmithPgCertificate", DefaultParameterSetName = ConnectionSet)]
[OutputType(typeof(ServerCertificate))]
public sealed class GetLangSmithPgCertificateCommand : LangSmithCmdlet
{
    const string HostSet = "Host";
    const string ConnectionSet = "Connection";

    CaBundle? _authorities;

    /// <summary>DNS name or address of the server; a connection in its place is taken for one.</summary>
    // Not mandatory: of a row that lacks it, PowerShell would show all in an error of its own, password included.
    [Parameter(ParameterSetName = HostSet, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Host", "Server", "ServerName", "ComputerName", "FullyQualifiedDomainName")]
    [AllowNull]
    [AllowEmptyString]
    public string? HostName { get; set; }

    /// <summary>TCP port of the server; 5432 when it is not given.</summary>
    [Parameter(ParameterSetName = HostSet, Position = 1, ValueFromPipelineByPropertyName = true)]
    [OptionalText(typeof(int), IsColumn = true)]
    public int? Port { get; set; }

    /// <summary>The connections: objects of New-LangSmithPgConnectionString, text in any common form, or objects that describe them, such as the rows of a CSV file.</summary>
    [Parameter(ParameterSetName = ConnectionSet, Mandatory = true, ValueFromPipeline = true)]
    [Alias("ConnectionString", "InputObject")]
    [NullConnection]
    public ConnectionInput[] Connection { get; set; } = [];

    /// <summary>
    /// The CA certificates that LangSmith's pods will trust: files, folders, certificates, or a Secret of New-LangSmithCaSecret. The verdicts
    /// use only these; without them, the public CA certificates.
    /// </summary>
    [Parameter]
    // A variable that is empty by mistake must not switch verification off.
    [ValidateNotNullOrEmpty]
    [Rehydrated]
    public CaBundleInput[] CaCertificate { get; set; } = [];

    /// <summary>The maximum time to wait for each server, in seconds.</summary>
    [Parameter]
    [ValidateRange(0.1, 86_400)]
    public double TimeoutSeconds { get; set; } = 15;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        try
        {
            _authorities = Wait(CaBundleInput.Reader(CaCertificate, GetUnresolvedProviderPathFromPSPath));
        }
        catch (CertificateException exception)
        {
            ThrowTerminatingError(exception.Problem.ToErrorRecord());
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (OptionalTextAttribute.IsUnreadable(Port))
        {
            WriteError(ErrorRecords.InvalidValue(nameof(Port), OptionalTextAttribute.Expected(typeof(int)), row: null));
            return;
        }

        foreach (var given in ParameterSetName == HostSet ? [new(HostName ?? "")] : Connection)
        {
            if ((ServerAddress.Of(given, Port) is { } server ? Accept(server) : Accept(given)) is { } connection)
            {
                Look(connection.Hosts, connection["sslnegotiation"] == "direct");
            }
        }
    }

    void Tell(ServerCertificate certificate)
    {
        var target = $"{certificate.HostName}:{certificate.Port}";
        WriteVerbose($"{target}: {certificate.Protocol} {certificate.Cipher}, certificate {certificate.Subject} issued by {certificate.Issuer}, valid until {certificate.NotAfter:yyyy-MM-dd}.");
        WriteVerbose($"{target}: Evaluated with {(_authorities is null ? $"the public CA certificates ({PublicAuthorities.Description})" : $"the CA certificates of -CaCertificate ({_authorities})")}.");
        foreach (var verdict in certificate.Verdicts)
        {
            WriteVerbose($"{target}: {verdict}");
        }
    }

    void Look(IReadOnlyList<PgHost> hosts, bool direct)
    {
        WriteVerbose($"{string.Join(", ", hosts)}: Requesting TLS, without logging in.");
        var observation = Await((_, cancellationToken) =>
            Postgres.Tls.CertificateProbe.RunAsync(hosts, direct, _authorities, TimeSpan.FromSeconds(TimeoutSeconds), cancellationToken));
        if (observation.Failure is { } failure)
        {
            WriteError(failure.ToErrorRecord(observation.Host.ToString()));
        }
        else
        {
            Tell(observation.Certificate!);
            WriteObject(observation.Certificate);
        }
    }
}
