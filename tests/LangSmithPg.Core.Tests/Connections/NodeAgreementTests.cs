using System.Buffers;
using System.Net;
using CsCheck;
using LangSmithPg.Connections;
using LangSmithPg.Core.Tests.Peers;

namespace LangSmithPg.Core.Tests.Connections;

/// <summary>npm's pg-connection-string reads what this module writes as it is meant.</summary>
public sealed class NodeAgreementTests
{
    // It decodes the database with decodeURI, which leaves these escaped; and URL takes "." and ".." for steps in a path.
    static readonly SearchValues<char> KeptEscaped = SearchValues.Create(";/?:@&=+$,#");

    [Fact]
    public async Task Reads_what_the_module_writes()
    {
        var node = await NodePeer.FindAsync();
        Samples.Plain.Where(parts => parts.Database is not ("." or "..") && parts.Database.AsSpan().IndexOfAny(KeptEscaped) < 0).Array[12_000].Sample(
            samples =>
            {
                var connections = samples.Select(parts => PgConnectionString.FromParts(parts).Require()).ToList();
                var readings = node.Read(connections.Select(connection => connection.ToPlainText("postgresql")));
                Assert.Equal(connections.Count, readings.Count);
                foreach (var (connection, reading) in connections.Zip(readings))
                {
                    Assert.NotNull(reading);
                    Assert.Equal(Address(connection.HostName), Address(reading.Host!));
                    Assert.Equal($"{connection.Port}", reading.Port);
                    Assert.Equal(connection.Database, reading.Database);
                    Assert.Equal(connection.UserName, reading.User);
                    Assert.Equal(connection.Password?.Reveal() ?? "", reading.Password);
                }
            },
            iter: 1, threads: 1, print: _ => "");
    }

    // An IPv6 address may come back in another spelling.
    static string Address(string host) => host.Contains(':', StringComparison.Ordinal) ? IPAddress.Parse(host).ToString() : host;
}
