using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using LangSmithPg.Tls;

namespace LangSmithPg.Postgres.Connections;

/// <summary>The client certificate that connections show, with its key, until it is disposed.</summary>
sealed class ShownCertificate : IDisposable
{
    readonly X509Certificate2 _certificate;
    readonly SslStreamCertificateContext? _context;
    readonly SharedIntermediates? _lent;

    public ShownCertificate(ClientCertificate client)
    {
        _certificate = client.ToX509();
        if (OperatingSystem.IsWindows())
        {
            // A context would leave the intermediates in a store of the machine for good; and, up to .NET 10, have later connections without
            // a certificate show this one: https://github.com/dotnet/runtime/issues/132563
            _lent = SharedIntermediates.Lend(client.Intermediates);
        }
        else
        {
            _context = SslStreamCertificateContext.Create(_certificate, new(client.Intermediates.ToArray()), offline: true);
        }
    }

    /// <summary>Has a connection show it, whatever authorities the server names: libpq does not ask either.</summary>
    public void Apply(SslClientAuthenticationOptions options)
    {
        if (_context is not null)
        {
            options.ClientCertificateContext = _context;
        }
        else
        {
            options.LocalCertificateSelectionCallback = (_, _, _, _, _) => _certificate;
        }
    }

    public void Dispose()
    {
        _lent?.Dispose();
        _certificate.Dispose();
    }
}
