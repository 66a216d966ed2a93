using System.Security.Cryptography;
using LangSmithPg.Sandbox.Folders;
using LangSmithPg.Sandbox.Net;
using LangSmithPg.Sandbox.Processes;

namespace LangSmithPg.Sandbox.Postgres;

/// <summary>A real PostgreSQL server on a loopback port of its own, with everything it writes in a folder of its own.</summary>
/// <remarks>
/// Disposing stops the server and deletes the folder; so does the end of the process, and after a killed process the
/// next one that uses the sandbox. Different servers may be used from different threads; one server is for one at a time.
/// </remarks>
public sealed class PostgresServer : IAsyncDisposable
{
    const int PortAttempts = 10;

    static readonly TimeSpan PortPatience = TimeSpan.FromMilliseconds(500);

    readonly Workspace _workspace;
    readonly PostgresServerOptions _options;

    PostgresServer(Workspace workspace, PostgresBinaries binaries, PostgresServerOptions options)
    {
        _workspace = workspace;
        _options = options;
        Binaries = binaries;
        SuperUserPassword = options.SuperUserPassword ?? RandomNumberGenerator.GetHexString(32, lowercase: true);
    }

    /// <summary>The programs that the server runs from.</summary>
    public PostgresBinaries Binaries { get; }

    /// <summary>The version, as <c>17.10</c>.</summary>
    public string Version => Binaries.Version;

    /// <summary>The address to connect to: <c>127.0.0.1</c>.</summary>
    public string Host { get; } = "127.0.0.1";

    /// <summary>The port to connect to. It stays the same when the server starts again.</summary>
    public int Port { get; private set; }

    /// <summary>The superuser's name: <c>postgres</c>.</summary>
    public string SuperUserName { get; } = PostgresTemplate.SuperUser;

    /// <summary>The superuser's password.</summary>
    public string SuperUserPassword { get; }

    /// <summary>The server's data folder.</summary>
    public string DataFolder => _workspace.Data;

    /// <summary>Whether the server's process runs.</summary>
    public bool IsRunning => _workspace.Postmaster.IsAlive;

    /// <summary>Makes a new server and starts it. It accepts connections when the task completes.</summary>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the start: nothing is left running.</param>
    /// <exception cref="PostgresNotAvailableException">There is no PostgreSQL of the wanted version.</exception>
    /// <exception cref="PostgresServerException">It does not start; the message has the tail of its log.</exception>
    public static async Task<PostgresServer> StartAsync(
        PostgresServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        var binaries = await PostgresBinaries.FindAsync(options.Major, options.IgnoreInstalled, cancellationToken);
        var session = await Session.CurrentAsync(cancellationToken);
        var server = new PostgresServer(session.CreateWorkspace("postgres"), binaries, options);
        try
        {
            await server.InitializeAsync(cancellationToken);
            await server.StartOnFreePortAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Everything the server has logged since it was made.</summary>
    public string ReadLog() => _workspace.Log.Read();

    /// <summary>Stops the server and keeps its data. Does nothing when it does not run.</summary>
    /// <param name="mode">How.</param>
    /// <param name="cancellationToken">Ends the wait; the server may still stop.</param>
    /// <exception cref="PostgresServerException">It did not stop within a minute.</exception>
    public async Task StopAsync(PostgresStopMode mode = PostgresStopMode.Fast, CancellationToken cancellationToken = default)
    {
        if (!IsRunning)
            return;
        var result = await ControlAsync(cancellationToken, "stop", "-m", mode switch
        {
            PostgresStopMode.Smart => "smart",
            PostgresStopMode.Fast => "fast",
            PostgresStopMode.Immediate => "immediate",
            _ => throw new ArgumentOutOfRangeException(nameof(mode)),
        });
        if (result.ExitCode != 0)
            throw Failure("did not stop", result);
    }

    /// <summary>Starts the server again after <see cref="StopAsync"/>, on the same port and data.</summary>
    /// <param name="cancellationToken">Takes effect when the start has come to its end, either way.</param>
    /// <exception cref="PostgresServerException">It does not start; the message has the tail of its log.</exception>
    public async Task StartAgainAsync(CancellationToken cancellationToken = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await StartAsync(cancellationToken);
                return;
            }
            catch (PostgresServerException) when (attempt < PortAttempts && LostThePort())
            {
                // Another process has it for the moment, as the end of a connection or a server of a test's.
                await Task.Delay(PortPatience, cancellationToken);
            }
        }
    }

    /// <summary>Stops the server and starts it again.</summary>
    /// <param name="mode">How to stop it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PostgresServerException">It did not stop or does not start.</exception>
    public async Task RestartAsync(PostgresStopMode mode = PostgresStopMode.Fast, CancellationToken cancellationToken = default)
    {
        await StopAsync(mode, cancellationToken);
        await StartAgainAsync(cancellationToken);
    }

    /// <summary>Stops the server at once and deletes its folder.</summary>
    public async ValueTask DisposeAsync() => await Task.Run(_workspace.Dispose);

    async Task InitializeAsync(CancellationToken cancellationToken)
    {
        Privileges.HandOver(_workspace.Folder);
        await PostgresTemplate.CopyAsync(Binaries, DataFolder, cancellationToken);
        PostgresConfiguration.Write(_workspace, _options, port: 5432);
        var password = $"ALTER ROLE {SuperUserName} PASSWORD '{SuperUserPassword.Replace("'", "''", StringComparison.Ordinal)}'";
        await SingleUserSession.RunAsync(Binaries, DataFolder, [password, .. _options.InitStatements], cancellationToken);
    }

    async Task StartAsync(CancellationToken cancellationToken)
    {
        var result = await ControlAsync(cancellationToken, "start", "-l", _workspace.Log.Path);
        if (result.ExitCode != 0)
            throw Failure("did not start", result);
    }

    async Task StartOnFreePortAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            Port = LoopbackPort.Pick();
            PostgresConfiguration.Write(_workspace, _options, Port);
            try
            {
                await StartAsync(cancellationToken);
                return;
            }
            catch (PostgresServerException) when (attempt < PortAttempts && LostThePort())
            {
                // Another process was quicker: try the next one.
            }
        }
    }

    bool LostThePort() =>
        _workspace.Log.ReadTail().Contains("could not bind IPv", StringComparison.Ordinal);

    Task<CommandResult> ControlAsync(CancellationToken cancellationToken, params string[] arguments) =>
        new Command(Binaries.PathOf("pg_ctl"), [.. arguments, "-D", DataFolder, "-w", "-s", "-t", "60"])
        {
            IsServer = true,
            EndsByItself = arguments[0] == "start",
            WorkingFolder = DataFolder,
        }.RunAsync(cancellationToken);

    PostgresServerException Failure(string what, CommandResult result) =>
        new($"PostgreSQL {Version} {what}: {result.Output}\n{_workspace.Log.ReadTail()}");
}
