using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using LangSmithPg.Core.Tests.Faults;
using LangSmithPg.Sandbox.FaultInjection;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Faults;

/// <summary>The fault matrix, network: DNS, as a machine sees it whose DNS server and hosts file are the test's own.</summary>
public sealed class DnsFaultTests : IDisposable
{
    const int Failure = 2;
    const int NoSuchName = 3;

    // Loopback, where nothing else listens, nor the same test of somebody else.
    readonly IPAddress _server = new([127, .. RandomNumberGenerator.GetBytes(2), 77]);
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_DNS_server_that_fails_or_says_nothing_and_a_name_of_which_one_address_is_dead()
    {
        await using var closing = TarpitServer.Closing();

        var lines = await RunAsync(
            $$"""
            'failing', 'unknown', 'silent', 'two' | ForEach-Object {
                $found = "u:p@$_.example:{{closing.Port}}/d?sslmode=disable" | Test-LangSmithPgConnection -TimeoutSeconds 3
                "$_ $($found.Failure.Kind) $($found.Failure.Message)"
                (Get-LangSmithPgCertificate "$_.example" {{closing.Port}} -TimeoutSeconds 3 2>&1).FullyQualifiedErrorId.Split(',')[0]
            }
            """);

        Assert.Equal(
            [
                "failing HostNotFound The DNS servers of this machine did not answer the query for failing.example.", "HostNotFound",
                "unknown HostNotFound The host name unknown.example could not be resolved.", "HostNotFound",
                $"silent TimedOut silent.example:{closing.Port} did not answer within 3 s.", "TimedOut",
                // The second address was reached.
                $"two ConnectionClosed two.example:{closing.Port} closed the connection.", "ConnectionClosed",
            ],
            lines);
    }

    [Fact]
    public async Task A_fleet_of_names_that_DNS_says_nothing_about()
    {
        await using var closing = TarpitServer.Closing();

        // As they wait, the last one has its turn, and the clock of each goes on: that of one that waited for a thread would be over before its turn.
        var lines = await RunAsync(
            $$"""
            $names = (1..64 | ForEach-Object { "silent$_.example" }) + 'two.example'
            $reports = $names | ForEach-Object { "u:p@${_}:{{closing.Port}}/d?sslmode=disable" } | Test-LangSmithPgReadiness -TimeoutSeconds 10 -ThrottleLimit 65
            $reports | Group-Object { $_.Findings[0].Message -replace '^\S+ ' } | Sort-Object Count -Descending | ForEach-Object { "$($_.Count) $($_.Name)" }
            """,
            new Dictionary<string, string> { ["DOTNET_ThreadPool_ForceMaxWorkerThreads"] = "4" });

        Assert.Equal("64 did not answer within 10 s.\n1 closed the connection.", string.Join('\n', lines));
    }

    async Task<string[]> RunAsync(string script, IReadOnlyDictionary<string, string>? environment = null)
    {
        Tools.RequireMounts();
        using var dns = new UdpClient(new IPEndPoint(_server, 53));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var serving = ServeAsync(dns, stop.Token);
        // The resolver waits for longer than any test: on a busy machine it must not be the first to give up.
        await File.WriteAllTextAsync(_folder.File("resolv.conf"), $"nameserver {_server}\noptions timeout:30 attempts:2\n", stop.Token);
        await File.WriteAllTextAsync(_folder.File("hosts"), "127.0.0.1 localhost\n127.0.0.99 two.example\n127.0.0.1 two.example\n", stop.Token);
        var result = await Pwsh.RunAsync(
            // What has never run yet is compiled first, which is not to count.
            $"Import-Module '{BuildPaths.ModuleManifest}'\n$null = 'u:p@127.0.0.1:1/d' | Test-LangSmithPgReadiness\n$null = Get-LangSmithPgCertificate 127.0.0.1 1 2>&1\n{script}",
            _folder.Path, environment, within: ["unshare", "--mount", "sh", "-c", "mount --bind resolv.conf /etc/resolv.conf && mount --bind hosts /etc/hosts && exec \"$@\"", "sh"]);
        await stop.CancelAsync();
        await serving;
        Assert.Equal("", result.Errors);
        return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    // The answer is the question, with the bits that make it one. Source: RFC 1035, section 4.1.1.
    static async Task ServeAsync(UdpClient dns, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var asked = await dns.ReceiveAsync(cancellationToken);
                var name = System.Text.Encoding.ASCII.GetString(asked.Buffer);
                if (name.Contains("silent", StringComparison.Ordinal))
                {
                    continue;
                }

                asked.Buffer[2] |= 0x80;
                asked.Buffer[3] = (byte)(0x80 | (name.Contains("failing", StringComparison.Ordinal) ? Failure : NoSuchName));
                await dns.SendAsync(asked.Buffer, asked.RemoteEndPoint, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
