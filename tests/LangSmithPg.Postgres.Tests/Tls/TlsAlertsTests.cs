using System.ComponentModel;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Core.Tests.Tls;
using LangSmithPg.Postgres.Connections;
using LangSmithPg.Servers;
using LangSmithPg.Tls;

namespace LangSmithPg.Postgres.Tests.Tls;

/// <summary>
/// What the TLS of Windows says is explained like what OpenSSL says. The exceptions are made here as .NET makes them there: a code in a
/// message of the system's language, within an exception of .NET.
/// </summary>
public sealed class TlsAlertsTests
{
    const string Failed = "Authentication failed, see inner exception.";

    public static TheoryData<string, ConnectionFailureKind, ConnectionFailureKind> Sayings => new()
    {
        // What is said; then the failure without a client certificate, and with one.
        { "80090325", ConnectionFailureKind.ClientCertificateMissing, ConnectionFailureKind.ClientCertificateRefused },
        { "80090327", ConnectionFailureKind.ClientCertificateMissing, ConnectionFailureKind.ClientCertificateRefused },
        { "80090328", ConnectionFailureKind.ClientCertificateMissing, ConnectionFailureKind.ClientCertificateRefused },
        { "80092010", ConnectionFailureKind.ClientCertificateMissing, ConnectionFailureKind.ClientCertificateRefused },
        { "error:0A000418:SSL routines::tlsv1 alert unknown ca", ConnectionFailureKind.ClientCertificateMissing, ConnectionFailureKind.ClientCertificateRefused },
        { "error:0A00045C:SSL routines::tlsv13 alert certificate required", ConnectionFailureKind.ClientCertificateMissing, ConnectionFailureKind.ClientCertificateRefused },
        { "8009030D", ConnectionFailureKind.TlsHandshakeFailed, ConnectionFailureKind.ClientCertificateUnreadable },
        { "8009030E", ConnectionFailureKind.TlsHandshakeFailed, ConnectionFailureKind.ClientCertificateUnreadable },
        { "80090326", ConnectionFailureKind.TlsHandshakeFailed, ConnectionFailureKind.TlsHandshakeFailed },
        { "80090331", ConnectionFailureKind.TlsHandshakeFailed, ConnectionFailureKind.TlsHandshakeFailed },
    };

    [Theory]
    [MemberData(nameof(Sayings))]
    public void A_handshake_that_fails_is_told_by_what_the_library_says(string saying, ConnectionFailureKind without, ConnectionFailureKind with)
    {
        Assert.Equal(without, Explain(Handshake(saying), client: null).Kind);
        Assert.Equal(with, Explain(Handshake(saying), Client()).Kind);
    }

    [Theory]
    [InlineData("80090302")]
    [InlineData("80090331")]
    [InlineData("error:0A00042E:SSL routines::tlsv1 alert protocol version")]
    public void Versions_that_do_not_meet_are_told(string saying)
    {
        var failure = Explain(Handshake(saying), client: null);

        // Windows offers fewer ciphers than the drivers do.
        Assert.Equal(DriverCiphers.AreOffered ? ConnectionFailureKind.TlsHandshakeFailed : ConnectionFailureKind.TlsNotCommon, failure.Kind);
        Assert.StartsWith("db:5432 and this machine have no TLS version or cipher in common.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("ssl_min_protocol_version", failure.Fix.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_alert_that_NET_names_on_Windows_counts_and_is_shown()
    {
        var failure = Explain(
            new AuthenticationException("Authentication failed because the remote party sent a TLS alert: 'ProtocolVersion'.", Code("80090326")), client: null);

        Assert.Contains("no TLS version", failure.Message, StringComparison.Ordinal);
        Assert.Equal(
            "Authentication failed because the remote party sent a TLS alert: 'ProtocolVersion'. Die Nachricht war unerwartet. (0x80090326)", failure.Detail);
    }

    [Fact]
    public void A_code_of_Windows_is_shown_beside_its_words() =>
        Assert.Equal($"{Failed} Die Nachricht war unerwartet. (0x80090331)", Explain(Handshake("80090331"), client: null).Detail);

    [Fact]
    public void A_refusal_that_comes_with_the_first_read_is_one_of_the_certificate()
    {
        // With TLS 1.3, Windows tells of it no earlier.
        var read = new IOException("The decryption operation failed, see inner exception.", Code("80090325"));

        Assert.Equal(ConnectionFailureKind.ClientCertificateMissing, Explain(read, client: null).Kind);
        Assert.Equal(ConnectionFailureKind.ClientCertificateRefused, Explain(read, Client()).Kind);
    }

    [Fact]
    public void A_certificate_that_cannot_be_loaded_is_told_with_its_own_fix()
    {
        var failure = Explain(new CertificateException(new(CertificateProblemKind.KeyUnsupported, DiagnosticSeverity.Error, "app", "Windows does not take it.", "Use another.")), Client());

        Assert.Equal((ConnectionFailureKind.ClientCertificateUnreadable, "Use another."), (failure.Kind, failure.Fix));
    }

    [Theory]
    [InlineData(SslProtocols.Tls13, "TLSv1.3")]
    [InlineData(SslProtocols.Tls12, "TLSv1.2")]
    [InlineData((SslProtocols)768, "TLSv1.1")]
    [InlineData((SslProtocols)192, "TLSv1")]
    [InlineData(SslProtocols.None, "TLS of an unknown version")]
    public void A_protocol_has_the_name_that_PostgreSQL_gives_it(SslProtocols protocol, string name) =>
        Assert.Equal(name, TlsTrust.NameOf(protocol));

    [Fact]
    public void A_cipher_that_the_system_does_not_tell_is_unknown() =>
        Assert.Equal(
            ("TLS_AES_128_GCM_SHA256", "cipher unknown"),
            (TlsTrust.NameOf(TlsCipherSuite.TLS_AES_128_GCM_SHA256), TlsTrust.NameOf(TlsCipherSuite.TLS_NULL_WITH_NULL_NULL)));

    static ConnectionFailure Explain(Exception exception, ClientCertificate? client)
    {
        var connection = PgConnectionString.FromParts(new() { HostName = "db", Database = "langsmith", UserName = "app", SslMode = SslMode.Require }).Require();
        using var trust = TlsTrust.For(connection, new() { ClientCertificate = client });
        // The server's certificate has been seen by then.
        var options = new SslClientAuthenticationOptions();
        trust.Apply(options);
        using var stream = new SslStream(new MemoryStream());
        Assert.True(options.RemoteCertificateValidationCallback!(stream, null, null, SslPolicyErrors.None));
        return FailureExplainer.Explain(exception, connection, connection.Hosts[0], trust, sendsToken: false);
    }

    static AuthenticationException Handshake(string saying) =>
        new(Failed, saying.Contains(' ', StringComparison.Ordinal) ? new InvalidOperationException(saying) : Code(saying));

    static Win32Exception Code(string hex) => new(unchecked((int)Convert.ToUInt32(hex, 16)), "Die Nachricht war unerwartet.");

    static ClientCertificate Client()
    {
        var pair = Certificates.Leaf("app", issuer: null, key: RSA.Create(2048));
        using var whole = pair.Certificate.CopyWithPrivateKey((RSA)pair.Key);
        return ClientCertificate.From(whole, []);
    }
}
