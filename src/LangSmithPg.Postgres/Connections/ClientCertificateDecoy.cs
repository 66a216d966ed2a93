using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LangSmithPg.Files;

namespace LangSmithPg.Postgres.Connections;

/// <summary>
/// A client certificate that nobody ever sees. Npgsql cannot be told to use none: it reads the one of the admin's machine, and fails
/// when that is unreadable. So it gets this one to read, and <see cref="TlsTrust"/> drops it.
/// </summary>
sealed class ClientCertificateDecoy : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("langsmithpg-").FullName;

    ClientCertificateDecoy()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=decoy", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1));
        NewFile.Write(Path, $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n", ownerOnly: true, replace: false);
    }

    /// <summary>The file with the certificate and its key.</summary>
    public string Path => System.IO.Path.Join(_folder, "decoy.pem");

    /// <summary>Makes one if this machine has a client certificate; nearly none has.</summary>
    public static ClientCertificateDecoy? CreateIfNeeded() =>
        Environment.GetEnvironmentVariable("PGSSLCERT") is not null || File.Exists(DefaultCertificate()) ? new() : null;

    public void Dispose()
    {
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (IOException)
        {
            // A login that was left behind still reads it.
        }
        catch (UnauthorizedAccessException)
        {
            // The same, on Windows.
        }
    }

    static string DefaultCertificate() => OperatingSystem.IsWindows()
        ? System.IO.Path.Join(Environment.GetEnvironmentVariable("APPDATA"), "postgresql", "postgresql.crt")
        : System.IO.Path.Join(Environment.GetEnvironmentVariable("HOME"), ".postgresql", "postgresql.crt");
}
