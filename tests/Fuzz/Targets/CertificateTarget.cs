using System.Security.Cryptography.X509Certificates;
using LangSmithPg.Common;
using LangSmithPg.Tls;

namespace LangSmithPg.Fuzz.Targets;

/// <summary>
/// Files with certificates and keys. The first byte of the input says how the rest is read: as a bundle, as a client certificate with
/// its key, or as the chain of a server.
/// </summary>
sealed class CertificateTarget : FuzzTarget
{
    static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    static readonly TimeSpan Warning = TimeSpan.FromDays(30);

    public override string Name => "certificates";

    public override int MaximumLength => 8192;

    public override IReadOnlyList<string> Words { get; } =
    [
        "-----BEGIN CERTIFICATE-----\n", "\n-----END CERTIFICATE-----\n", "-----BEGIN PRIVATE KEY-----\n", "\n-----END PRIVATE KEY-----\n", "-----BEGIN RSA PRIVATE KEY-----\n",
        "\n-----END RSA PRIVATE KEY-----\n", "-----BEGIN EC PRIVATE KEY-----\n", "\n-----END EC PRIVATE KEY-----\n", "-----BEGIN ENCRYPTED PRIVATE KEY-----\n", "\n-----END ENCRYPTED PRIVATE KEY-----\n",
        "-----BEGIN PKCS7-----\n", "\n-----END PKCS7-----\n", "Proc-Type: 4,ENCRYPTED\n", "DEK-Info: AES-256-CBC,", "DEK-Info: DES-EDE3-CBC,", "AAAA", "====", "\n", "\r\n", "-----", "\uFEFF", Promise.Needle,
        "\u0030\u0080", "\u0006\u0003U\u0004\u0003", "\u0000\u0000",
    ];

    public override void Run(byte[] input)
    {
        if (input.Length == 0)
        {
            return;
        }

        var bytes = input[1..];
        try
        {
            if (input[0] % 2 == 0)
            {
                ReadBundle(bytes);
            }
            else
            {
                ReadClient(bytes, input[0] % 4 == 1 ? Promise.Needle : null);
            }
        }
        catch (CertificateException exception)
        {
            Promise.KeepsSecret(exception.Message, exception.Problem.Fix);
            Promise.IsHarmless(exception.Message, exception.Problem.Fix);
        }
    }

    static void ReadBundle(byte[] bytes)
    {
        var bundle = CaBundle.Parse(bytes, "bundle");
        Show(CaBundleCheck.Check(bundle, Now, Warning), $"{bundle}");
        Promise.Holds(CaBundle.Parse(System.Text.Encoding.ASCII.GetBytes(bundle.ToPem()), "bundle").Certificates.SequenceEqual(bundle.Certificates), "SnapshotFile and read again, it is another bundle.");
        ReadChain(bundle.Certificates);
    }

    static void ReadChain(IReadOnlyList<X509Certificate2> certificates)
    {
        var chain = new ServerChain(certificates);
        var shown = new ServerCertificate("db.example.com", 5432, chain, "TLSv1.3", "", false, TlsVerdicts.Evaluate(chain, "db.example.com", null, Now));
        Promise.IsHarmless(
        [
            $"{shown}", shown.Subject, shown.Issuer, shown.Key, shown.Signature, shown.Fingerprint, shown.AnchorFingerprint, $"{shown.NotBefore}{shown.NotAfter}",
            .. shown.Names, .. shown.Sent, .. shown.Verdicts.Select(verdict => verdict.Reason),
        ]);
    }

    static void ReadClient(byte[] bytes, string? password)
    {
        using var file = new ScratchFile(bytes);
        var client = ClientCertificate.Read(file.Path, keyPath: null, Secret.From(password));
        Show(ClientCertificateCheck.Check(client, "app", Now, Warning), $"{client}", client.CommonName, client.ToPem());
        using var pair = client.ToX509();
    }

    static void Show(IReadOnlyList<CertificateProblem> problems, params IEnumerable<string?> shown)
    {
        List<string?> all = [.. shown, .. problems.Select(problem => $"{problem}"), .. problems.Select(problem => problem.Fix)];
        Promise.KeepsSecret(all);
        Promise.IsHarmless(all);
    }
}
