using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Connections.Drivers;
using LangSmithPg.Core.Tests.Peers;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Postgres.Tls;
using LangSmithPg.Servers;
using LangSmithPg.Tls;
using static LangSmithPg.Postgres.Tests.Tls.TlsMaterial;

namespace LangSmithPg.Postgres.Tests.Tls;

/// <summary>What is said of drivers beforehand is what they do. pgx is not at hand here: its column follows its source.</summary>
public sealed class VerdictTests
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Libpq_does_what_is_said_of_it()
    {
        var libpq = await Libpq.LoadAsync();
        // Its OpenSSL is at security level 1; psql, below, has that of the system.
        await AssertAsync(PgDriver.Libpq, Enum.GetValues<ServerKind>().Except(Weak), urls => urls.Select(url => libpq.Connect(url) switch
        {
            { Error: not null } => null,
            { UsesTls: true } => "tls",
            _ => "plain",
        }));
    }

    [Fact]
    public async Task Asyncpg_does_what_is_said_of_it()
    {
        var python = Python.WithAsyncpg();
        await AssertAsync(PgDriver.Asyncpg, Enum.GetValues<ServerKind>(), urls => JsonLinesProcess.Decode<string?>(python.Run("Tls/asyncpg_logins.py", urls)));
    }

    [Fact]
    public async Task Psql_with_the_OpenSSL_of_the_system_refuses_what_is_weak()
    {
        var psql = Psql.Find();
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/etc/debian_version"), "Whether psql's OpenSSL is at security level 2 is known of Debian alone.");
        await using var material = await StartAsync(18);
        foreach (var (kind, mode) in from kind in Weak from mode in (SslMode[])[SslMode.Require, SslMode.VerifyFull] select (kind, mode))
        {
            var parts = material[kind].Parts() with { HostName = "localhost", UserName = Free, Password = Secret.From(Password), SslMode = mode };
            var connection = PgConnectionString.FromParts(parts.With("sslrootcert", material.RootFile)).Require();

            var (exitCode, output) = await psql.RunAsync(Password, "SELECT 1", connection.ToPlainText("postgresql"));
            var observation = await ServerSession.ConnectAsync(connection, new(), TestContext.Current.CancellationToken);

            Assert.NotEqual(0, exitCode);
            Assert.Contains("certificate verify failed", output, StringComparison.Ordinal);
            Assert.Contains(kind == ServerKind.ShortKey ? "1024" : "SHA-1", observation.AssertFailed(ConnectionFailureKind.CertificateNotTrusted).Detail, StringComparison.Ordinal);
        }
    }

    static async Task AssertAsync(PgDriver driver, IEnumerable<ServerKind> kinds, Func<IReadOnlyList<string>, IEnumerable<string?>> logIn)
    {
        await using var material = await StartAsync(18);
        var authorities = CaBundle.Read(material.RootFile);
        List<(string What, TlsVerdict Verdict, string Url)> cases = [];
        foreach (var (kind, host, rooted) in
            from kind in kinds
            from host in (string[])["localhost", "127.0.0.1"]
            from rooted in (bool[])[true, false]
            select (kind, host, rooted))
        {
            var server = material[kind];
            var seen = await CertificateProbe.RunAsync(
                [new(host, server.Port)], direct: false, rooted ? authorities : null, Limit, TestContext.Current.CancellationToken);
            // With a file, 'system' stands for what is mounted in a pod: not for this machine.
            foreach (var verdict in seen.Certificate!.Verdicts.Where(one => one.Driver == driver && !(rooted && one.UsesSystemRoots)))
            {
                var parts = server.Parts() with
                {
                    HostName = host,
                    UserName = Free,
                    Password = Secret.From(Password),
                    SslMode = verdict.SslMode,
                    UseSystemRootCertificate = verdict.UsesSystemRoots,
                };
                parts = rooted ? parts.With("sslrootcert", material.RootFile) : parts;
                cases.Add(($"{kind} {host} {(rooted ? "root" : "no root")}", verdict, PgConnectionString.FromParts(parts).Require().ToPlainText("postgresql")));
            }
        }

        var done = logIn([.. cases.Select(one => one.Url)]).Select(result => result ?? "refused").ToList();
        Assert.Equal(cases.Count, done.Count);
        var wrong = cases.Zip(done).Where(one => Expect(one.First.Verdict.Outcome) != one.Second)
            .Select(one => $"{one.First.What}: {one.First.Verdict} In truth: {one.Second}").ToList();
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {cases.Count}:\n{string.Join('\n', wrong)}");
        Assert.Equal(["plain", "refused", "tls"], done.Distinct().Order());
    }

    static string Expect(TlsOutcome outcome) => outcome switch
    {
        TlsOutcome.Refused => "refused",
        TlsOutcome.Plain => "plain",
        _ => "tls",
    };
}
