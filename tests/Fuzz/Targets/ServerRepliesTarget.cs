using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Authentication;
using LangSmithPg.Connections;
using LangSmithPg.Postgres.Pooling;
using LangSmithPg.Postgres.Servers;
using LangSmithPg.Postgres.Tls;

namespace LangSmithPg.Fuzz.Targets;

/// <summary>
/// What a server answers: the first byte of the input says who asks (a login, the facts, the startup probe, the look at the certificate)
/// and whether TLS is asked for; the rest is the script of a <see cref="ScriptedServer"/>.
/// </summary>
sealed class ServerRepliesTarget : FuzzTarget
{
    // The scripts themselves take next to no time. What is late is far above the limit, as the machine may be busy with other things.
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Late = TimeSpan.FromSeconds(15);

    public override string Name => "server-replies";

    public override int MaximumLength => 16_384;

    // Npgsql takes the length of a message on trust, up to 2 GB, and asks for a buffer of that size.
    public override long MaximumMemory => 5L << 30;

    public override TimeSpan MaximumTime => TimeSpan.FromSeconds(10);

    public override IReadOnlyList<string> Words { get; } =
    [
        "\0", "S", "N", "E", "R\0\u0004\0\0\0\0", "R\0\u0004\0\0\0\u0003", "R\0\u0008\0\0\0\u0005abcd", "R\0\u0017\0\0\0\nSCRAM-SHA-256\0\0", "Z\0\u0001I", "K\0\u0008\0\0\0\u0001\0\0\0\u0002", "v\0\u0008\0\u0003\0\0\0\0\0\0",
        "S\0\u0012server_version\016.0\0", "E\0\u0020SFATAL\0VFATAL\0C28P01\0M", "C08P01\0", "C0A000\0", "Munsupported startup parameter", "D", "T", "1\0\0", "2\0\0", "n\0\0", "C\0\u0006BEGIN\0", "N\0\u0009SNOTICE\0\0", "A",
        Promise.Needle, "\u001b[2J", "\u001b]0;x\u0007", "\r", "\u0016\u0003\u0003\0\u0002", "\u0015\u0003\u0003\0\u0002\u0002\u0028", "HTTP/1.1 400 Bad Request\r\n",
    ];

    public override void Run(byte[] input)
    {
        if (input.Length < 2)
        {
            return;
        }

        using var server = new ScriptedServer(input.AsMemory(1));
        var mode = (input[0] & 4) == 0 ? "disable" : (input[0] & 8) == 0 ? "prefer" : "require";
        var connection = PgConnectionString.Parse($"app:{Promise.Needle}@127.0.0.1:{server.Port}/app?sslmode={mode}").Require();
        var clock = Stopwatch.StartNew();
        RunAsync(input[0] & 3, connection).GetAwaiter().GetResult();
        Promise.Holds(clock.Elapsed < Late, $"The limit is {Limit.TotalSeconds} s, and it took {clock.Elapsed.TotalSeconds} s.");
    }

    static async Task RunAsync(int asker, PgConnectionString connection)
    {
        List<string?> shown = [];
        var options = new SessionOptions { Timeout = Limit, Log = text => shown.Add(text) };
        switch (asker)
        {
            case 0:
                var login = await ServerSession.ConnectAsync(connection, options, CancellationToken.None);
                shown.AddRange([login.Failure?.Message, login.Failure?.Detail, login.Failure?.Fix?.Text, login.Failure?.SqlState, login.ServerVersion]);
                break;
            case 1:
                var (look, _) = await ServerSession.RehearseAsync(connection, options, force: false, CancellationToken.None);
                shown.AddRange([look.Failure?.Message, look.Failure?.Detail, look.Failure?.Fix?.Text, look.Failure?.SqlState, look.ServerVersion, look.Pooler?.StartupRefusal?.Message]);
                break;
            case 2:
                shown.AddRange(await ProbeAsync(connection, options));
                break;
            default:
                var certificate = await CertificateProbe.RunAsync(connection.Hosts, direct: false, authorities: null, Limit, CancellationToken.None);
                shown.AddRange([certificate.Failure?.Message, certificate.Failure?.Detail, certificate.Failure?.Fix?.Text]);
                break;
        }

        Promise.KeepsSecret(shown);
        Promise.IsHarmless(shown);
    }

    static async Task<string?[]> ProbeAsync(PgConnectionString connection, SessionOptions options)
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var refusal = await StartupProbe.RunAsync(connection, connection.Hosts[0], options, limit.Token);
            return [refusal?.Message, refusal?.SqlState];
        }
        catch (Exception exception) when (exception is IOException or SocketException or AuthenticationException or OperationCanceledException)
        {
            return [exception is IOException { InnerException: null } ? exception.Message : null];
        }
    }
}
