using LangSmithPg.Connections;
using LangSmithPg.Connections.Readers;
using LangSmithPg.Core.Tests.Files;
using LangSmithPg.Core.Tests.Peers;
using LangSmithPg.Postgres.Tls;
using LangSmithPg.Tls;
using static LangSmithPg.Postgres.Tests.Tls.TlsMaterial;

namespace LangSmithPg.Postgres.Tests.Tls;

/// <summary>What is said of drivers beforehand is what they do. pgx is not at hand here: its column follows its source.</summary>
public sealed class VerdictTests
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Libpq_and_asyncpg_do_what_is_said_of_them()
    {
        await using var material = await StartAsync(18);
        var libpq = await Libpq.LoadAsync();
        var authorities = CaBundle.Read(material.RootFile);
        List<(string What, TlsVerdict Verdict, string Url)> cases = [];
        foreach (var (kind, host, rooted) in
            from kind in Enum.GetValues<ServerKind>()
            from host in (string[])["localhost", "127.0.0.1"]
            from rooted in (bool[])[true, false]
            select (kind, host, rooted))
        {
            var server = material[kind];
            var seen = await CertificateLook.RunAsync(
                [new(host, server.Port)], direct: false, rooted ? authorities : null, Limit, TestContext.Current.CancellationToken);
            // With a file, 'system' stands for what is mounted in a pod: not for this machine.
            foreach (var verdict in seen.Certificate!.Verdicts.Where(one => one.Reader != ConnectionStringReader.Pgx && !(rooted && one.UsesSystemRoots)))
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

        var done = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (_, _, url) in cases.Where(one => one.Verdict.Reader == ConnectionStringReader.Libpq))
        {
            done[$"Libpq {url}"] = libpq.Connect(url) switch
            {
                { Error: not null } => "refused",
                { UsesTls: true } => "tls",
                _ => "plain",
            };
        }

        var logins = cases.Where(one => one.Verdict.Reader == ConnectionStringReader.Asyncpg).Select(one => one.Url).ToList();
        foreach (var (url, result) in logins.Zip(LogInByAsyncpg(logins)))
        {
            done[$"Asyncpg {url}"] = result ?? "refused";
        }

        var wrong = cases.Where(one => Expect(one.Verdict.Outcome) != done[$"{one.Verdict.Reader} {one.Url}"])
            .Select(one => $"{one.What}: {one.Verdict} In truth: {done[$"{one.Verdict.Reader} {one.Url}"]}").ToList();
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {cases.Count}:\n{string.Join('\n', wrong)}");
        Assert.Equal(["plain", "refused", "tls"], done.Values.Distinct().Order());
    }

    static string Expect(TlsOutcome outcome) => outcome switch
    {
        TlsOutcome.Refused => "refused",
        TlsOutcome.Plain => "plain",
        _ => "tls",
    };

    static List<string?> LogInByAsyncpg(IEnumerable<string> urls)
    {
        using var home = new TemporaryFolder();
        var script = Path.Combine(AppContext.BaseDirectory, "Tls", "asyncpg_logins.py");
        foreach (var python in new[] { Environment.GetEnvironmentVariable("LANGSMITHPG_PYTHON"), "python3", "/usr/bin/python3" }.Where(name => !string.IsNullOrEmpty(name)))
        {
            if (JsonLinesProcess.Run(python!, ["-W", "ignore", script], JsonLinesProcess.Encode(urls), home.Path, ("HOME", home.Path)) is { } output)
            {
                return JsonLinesProcess.Decode<string?>(output);
            }
        }

        Peer.Missing("python3 with asyncpg");
        return [];
    }
}
