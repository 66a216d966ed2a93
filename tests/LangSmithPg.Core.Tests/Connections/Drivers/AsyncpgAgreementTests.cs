using CsCheck;
using LangSmithPg.Connections;
using LangSmithPg.Connections.Parsing;
using LangSmithPg.Connections.Drivers;
using LangSmithPg.Core.Tests.Peers;

namespace LangSmithPg.Core.Tests.Connections.Drivers;

/// <summary>
/// asyncpg reads as <see cref="AsyncpgParser"/> does. That follows 0.31; the samples name none of the five parameters that Debian's 0.27
/// does not know yet.
/// </summary>
public sealed class AsyncpgAgreementTests
{
    const int Iterations = 12_000;

    static readonly string[] DefaultHosts = ["/run/postgresql", "/var/run/postgresql", "/tmp", "/private/tmp", "localhost"];

    [Fact]
    public void Agrees_on_what_the_module_writes() => Agree(Samples.Legal.Select(parts => PgConnectionString.FromParts(parts).Require().ToPlainText("postgresql")));

    [Fact]
    public void Agrees_on_hostile_urls() => Agree(Samples.HostileUrls);

    static void Agree(Gen<string> texts)
    {
        var python = new PythonPeer();
        texts.Array[Iterations].Sample(
            samples =>
            {
                var (about, peers) = python.Read(samples);
                Assert.Equal(samples.Length, peers.Count);
                var strange = samples.Zip(peers).Where(one => ReadsAlike(about, one.First) && Describe(AsyncpgParser.Parse(DriverText.Of(one.First))) != Describe(one.Second))
                    .Select(one => $"{one.First}\n  here: {Describe(AsyncpgParser.Parse(DriverText.Of(one.First)))}\n  asyncpg: {Describe(one.Second)}").ToList();
                Assert.True(strange.Count == 0, $"asyncpg {about.Version} disagrees on {strange.Count}:\n{string.Join('\n', strange.Take(10))}");
            },
            iter: 1, threads: 1, print: _ => "");
    }

    // 0.27 refuses one port in the query for several hosts; an older Python looks only at the first bracket.
    static bool ReadsAlike(PythonPeer.About about, string text) =>
        (!about.Version.StartsWith("0.27.", StringComparison.Ordinal) || !text.Contains("port=", StringComparison.Ordinal))
        && (about.ChecksBrackets || !text.Contains('[', StringComparison.Ordinal));

    static string Describe(PythonPeer.Reading? reading) => reading is null
        ? "refused"
        : Describe(reading.Hosts, reading.User, reading.Password, reading.Database, reading.SslMode, reading.Settings);

    static string Describe(DriverParseResult reading)
    {
        if (reading.Refusal is not null)
        {
            return "refused";
        }

        var user = reading["user"]?.Text ?? PythonPeer.Account;
        var hosts = reading.Hosts.Count > 0
            ? reading.Hosts.Select(one => (one.Name.Text, one.Port))
            : DefaultHosts.Select((name, index) => (name, DefaultPort(reading, index)));
        var addresses = hosts.Select(one => one.Item1.StartsWith('/') ? SocketPath(one.Item1, one.Item2) : $"{one.Item1}\n{one.Item2}").ToList();
        var mode = reading["sslmode"]?.Text.Replace('_', '-') ?? (addresses.TrueForAll(one => one.StartsWith('/')) ? "disable" : "prefer");
        return Describe(
            addresses, user, reading["password"]?.Text, reading["dbname"]?.Text ?? user, mode, reading.ServerSettings.ToDictionary(one => one.Key, one => one.Value.Text));
    }

    static string DefaultPort(DriverParseResult reading, int index)
    {
        var ports = reading["port"]?.Text.Split(',') ?? [PortText.Default];
        return ports[ports.Length == 1 ? 0 : index];
    }

    static string SocketPath(string name, string port) =>
        name.Contains(".s.PGSQL.", StringComparison.Ordinal) ? name : $"{name}{(name.EndsWith('/') ? "" : "/")}.s.PGSQL.{port}";

    static string Describe(
        IEnumerable<string> hosts, string user, string? password, string database, string mode, IReadOnlyDictionary<string, string> settings) =>
        string.Join('|', hosts.Concat([user, password ?? "none", database, mode])
            .Concat(settings.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key}={one.Value}")));
}
