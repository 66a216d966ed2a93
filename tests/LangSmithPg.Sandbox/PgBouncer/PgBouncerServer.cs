using System.Diagnostics;
using LangSmithPg.Sandbox.Folders;
using LangSmithPg.Sandbox.Net;
using LangSmithPg.Sandbox.Processes;

namespace LangSmithPg.Sandbox.PgBouncer;

/// <summary>A real pgbouncer on a loopback port of its own, in front of one PostgreSQL server.</summary>
/// <remarks>It ends as a <see cref="Postgres.PostgresServer"/> does: when disposed, with the process, or after it.</remarks>
public sealed class PgBouncerServer : IAsyncDisposable
{
    const int PortAttempts = 10;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    readonly Workspace _workspace;

    PgBouncerServer(Workspace workspace) => _workspace = workspace;

    /// <summary>The address to connect to: <c>127.0.0.1</c>.</summary>
    public string Host { get; } = "127.0.0.1";

    /// <summary>The port to connect to.</summary>
    public int Port { get; private set; }

    /// <summary>Starts a pooler. It accepts connections when the task completes.</summary>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Ends the start: nothing is left running.</param>
    /// <exception cref="PgBouncerNotAvailableException">There is no pgbouncer on this machine.</exception>
    /// <exception cref="PgBouncerServerException">It does not start; the message has the tail of its log.</exception>
    public static async Task<PgBouncerServer> StartAsync(
        PgBouncerServerOptions options, CancellationToken cancellationToken = default)
    {
        var program = PgBouncerProgram.Find();
        var session = await Session.CurrentAsync(cancellationToken);
        var server = new PgBouncerServer(session.CreateWorkspace("pgbouncer"));
        try
        {
            Privileges.HandOver(server._workspace.Folder);
            await server.StartOnFreePortAsync(program, options, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Everything the pooler has logged.</summary>
    public string ReadLog() => _workspace.Log.Read();

    /// <summary>Stops the pooler at once and deletes its folder.</summary>
    public async ValueTask DisposeAsync() => await Task.Run(_workspace.Dispose);

    async Task StartOnFreePortAsync(string program, PgBouncerServerOptions options, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            Port = LoopbackPort.Pick();
            File.Delete(_workspace.Log.Path);
            var configuration = PgBouncerConfiguration.Write(_workspace, options, Port);
            var result = await new Command(program, "-d", configuration) { IsServer = true, WorkingFolder = _workspace.Folder }
                .RunAsync(cancellationToken);
            if (result.ExitCode == 0 && await BecomesReadyAsync(cancellationToken))
                return;
            if (attempt == PortAttempts || !_workspace.Log.ReadTail().Contains("in use", StringComparison.Ordinal))
                throw new PgBouncerServerException($"pgbouncer did not start: {result.Output}\n{_workspace.Log.ReadTail()}");
        }
    }

    /// <summary>Waits until the pooler listens; false when it ended instead. Its command returns before either.</summary>
    async Task<bool> BecomesReadyAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < Patience)
        {
            var log = ReadLog();
            if (log.Contains("process up", StringComparison.Ordinal))
                return true;
            if (log.Contains("FATAL", StringComparison.Ordinal))
                return false;
            await Task.Delay(5, cancellationToken);
        }
        return false;
    }
}
