using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LangSmithPg.Connections;
using LangSmithPg.Core.Tests.Tls;
using LangSmithPg.Postgres.Connections;
using LangSmithPg.Tls;

namespace LangSmithPg.Postgres.Tests.Tls;

/// <summary>Nothing of a client certificate stays behind a connection: on Windows its key lies in the user's key store meanwhile.</summary>
public sealed class ClientCertificateLifetimeTests
{
    static readonly Certificates.Pair Root = Certificates.Authority($"Root {Guid.NewGuid()}", key: RSA.Create(2048));

    [Fact]
    public void The_certificate_is_taken_back_with_the_trust_and_never_made_again()
    {
        var trust = Trust(Client());
        var options = new SslClientAuthenticationOptions();
        trust.Apply(options);
        var shown = Shown(options);
        Assert.True(shown.HasPrivateKey);
        var again = new SslClientAuthenticationOptions();
        trust.Apply(again);
        Assert.Same(shown, Shown(again));

        trust.Dispose();

        Assert.Equal(IntPtr.Zero, shown.Handle);
        // A login that its caller has left behind comes to its handshake later.
        Assert.Throws<ObjectDisposedException>(() => trust.Apply(new()));
    }

    [Fact]
    public async Task Every_trust_that_is_made_is_taken_back()
    {
        // No test sees the key store of Windows: the sources have to do. A trust is disposed where it is made.
        var makers = new List<string>();
        foreach (var file in Directory.EnumerateFiles(Path.Join(Sources(), "LangSmithPg.Postgres"), "*.cs", SearchOption.AllDirectories).Where(IsSource))
        {
            var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            var made = text.Split("TlsTrust.For(").Length - 1;
            if (made > 0)
            {
                makers.Add(Path.GetFileName(file));
                Assert.True(
                    made == text.Split("using var trust = ").Length - 1 + text.Split("using (trust)").Length - 1, $"{file} makes a trust that nobody takes back.");
            }
        }

        Assert.Equal(["HostSession.cs", "NameQuery.cs", "StartupProbe.cs"], makers.Order());
    }

    [Fact]
    public void Only_one_place_lets_the_system_store_a_key()
    {
        var stores = Directory.EnumerateFiles(Sources(), "*.cs", SearchOption.AllDirectories).Where(IsSource)
            .Where(file => File.ReadAllText(file) is var text
                && (text.Contains("DefaultKeySet", StringComparison.Ordinal) || text.Contains("UserKeySet", StringComparison.Ordinal)
                    || text.Contains("MachineKeySet", StringComparison.Ordinal) || text.Contains("PersistKeySet", StringComparison.Ordinal)
                    || text.Contains("X509ContentType.Pkcs12)", StringComparison.Ordinal)))
            .Select(Path.GetFileName);

        Assert.Equal(["ClientCertificate.cs"], stores);
    }

    [Fact]
    public void Intermediates_are_lent_to_the_store_until_the_last_connection_has_ended()
    {
        Assert.SkipWhen(OperatingSystem.IsMacOS(), "The store of intermediates cannot be written on macOS.");
        var (lent, known) = (Intermediate(), Intermediate());
        using var stored = new StoredCertificate(StoreName.CertificateAuthority, known);

        var first = SharedIntermediates.Lend([lent, known]);
        var second = SharedIntermediates.Lend([lent, known]);
        Assert.True(IsStored(lent));
        first.Dispose();
        first.Dispose();
        Assert.True(IsStored(lent));
        second.Dispose();

        Assert.False(IsStored(lent));
        Assert.True(IsStored(known));
    }

    static bool IsStored(X509Certificate2 certificate) => StoredCertificate.IsIn(StoreName.CertificateAuthority, certificate);

    static X509Certificate2 Intermediate() => Certificates.Authority($"Intermediate {Guid.NewGuid()}", Root, key: RSA.Create(2048)).Certificate;

    static TlsTrust Trust(ClientCertificate client) => TlsTrust.For(
        PgConnectionString.FromParts(new() { HostName = "db", Database = "langsmith", UserName = "app", SslMode = SslMode.Require }).Require(),
        new() { ClientCertificate = client });

    static X509Certificate2 Shown(SslClientAuthenticationOptions options) => options.ClientCertificateContext?.TargetCertificate
        ?? Assert.IsType<X509Certificate2>(options.LocalCertificateSelectionCallback!(new(), "db", [], null, []));

    static ClientCertificate Client()
    {
        var pair = Certificates.Leaf("app", Root, key: RSA.Create(2048));
        using var whole = pair.Certificate.CopyWithPrivateKey((RSA)pair.Key);
        return ClientCertificate.From(whole, []);
    }

    static bool IsSource(string file) =>
        !Path.GetRelativePath(Sources(), file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj");

    static string Sources()
    {
        var folder = AppContext.BaseDirectory;
        while (!Directory.Exists(Path.Join(folder, "src", "LangSmithPg.Core")))
        {
            folder = Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar));
            Assert.SkipWhen(folder is null, "The sources are not here.");
        }

        return Path.Join(folder, "src");
    }
}
