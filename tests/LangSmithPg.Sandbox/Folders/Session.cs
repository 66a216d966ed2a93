using System.Runtime.InteropServices;

namespace LangSmithPg.Sandbox.Folders;

/// <summary>What this process runs: a folder, locked for as long as the process lives, with a workspace for each server.</summary>
/// <remarks>
/// Whoever can take the lock of a session knows that its owner is gone, however it went, and cleans up after it.
/// </remarks>
sealed class Session
{
    const string OwnerLock = "owner.lock";
    const string ServersFolder = "servers";

    static readonly Lazy<Task<Session>> This = new(OpenAsync);

    readonly string _folder;
    readonly string _servers;
    readonly FileLock _lock;
    readonly List<PosixSignalRegistration> _signals = [];
    int _workspaces;

    Session(string folder)
    {
        _folder = SandboxRoot.Create(folder);
        _lock = FileLock.TryTake(Path.Join(folder, OwnerLock)) ?? throw new IOException($"'{folder}' is not new.");
        _servers = MemoryFolder.TryCreate(Path.Join(folder, ServersFolder)) ?? SandboxRoot.Create(Path.Join(folder, ServersFolder));
    }

    /// <summary>The session of this process. The first call cleans up what dead processes left.</summary>
    internal static Task<Session> CurrentAsync(CancellationToken cancellationToken) => This.Value.WaitAsync(cancellationToken);

    internal Workspace CreateWorkspace(string kind) =>
        new(SandboxRoot.Create(Path.Join(_servers, $"{kind}-{Interlocked.Increment(ref _workspaces)}")));

    static async Task<Session> OpenAsync()
    {
        using var opening = await FileLock.TakeAsync(Path.Join(SandboxRoot.Path, "run.lock"), CancellationToken.None);
        foreach (var folder in Directory.EnumerateDirectories(SandboxRoot.Run))
            RemoveIfAbandoned(folder);
        var session = new Session(Path.Join(SandboxRoot.Run, $"{Environment.ProcessId}-{Guid.NewGuid():N}"));
        session.CloseAtExit();
        return session;
    }

    static void RemoveIfAbandoned(string folder)
    {
        if (FileLock.TryTake(Path.Join(folder, OwnerLock)) is not { } abandoned)
            return;
        EndServers(folder);
        abandoned.Dispose();
        Workspace.Delete(folder);
    }

    static void EndServers(string folder)
    {
        var servers = MemoryFolder.Resolve(Path.Join(folder, ServersFolder));
        if (!Directory.Exists(servers))
            return;
        foreach (var workspace in Directory.EnumerateDirectories(servers))
            new Workspace(workspace).Dispose();
        Workspace.Delete(servers);
    }

    void CloseAtExit()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Close();
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
        {
            _signals.Add(PosixSignalRegistration.Create(signal, context =>
            {
                // A host that cancels the signal ends in its own way, through ProcessExit.
                if (!context.Cancel)
                    Close();
            }));
        }
    }

    void Close()
    {
        EndServers(_folder);
        _lock.Dispose();
        Workspace.Delete(_folder);
    }
}
