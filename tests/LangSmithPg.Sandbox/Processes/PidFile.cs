using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace LangSmithPg.Sandbox.Processes;

/// <summary>A file in which a server wrote the id of its process.</summary>
sealed partial class PidFile(string path)
{
    const int Quit = 3;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    static readonly TimeSpan ClockSlack = TimeSpan.FromSeconds(5);

    internal bool IsAlive => Find() is not null;

    /// <summary>Ends the process at once, and returns when it is gone. Does nothing when there is none.</summary>
    internal void Terminate()
    {
        if (Find() is not { } id)
            return;
        if (!OperatingSystem.IsWindows())
        {
            // PostgreSQL's "immediate" shutdown: unlike a kill it leaves no shared memory behind.
            _ = Signal(id, Quit);
            if (IsGone(id))
                return;
        }
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return; // It ended by itself meanwhile.
        }
        IsGone(id);
    }

    bool IsGone(int id)
    {
        var watch = Stopwatch.StartNew();
        while (Find() == id)
        {
            if (watch.Elapsed > Patience)
                return false;
            Thread.Sleep(5);
        }
        return true;
    }

    /// <summary>The process that wrote the file, if it still runs. An id that was given to another since does not count.</summary>
    int? Find()
    {
        try
        {
            if (!int.TryParse(File.ReadLines(path).FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                return null;
            using var process = Process.GetProcessById(id);
            var isServer = process.ProcessName is "postgres" or "pgbouncer";
            var isWriter = process.StartTime.ToUniversalTime() <= File.GetLastWriteTimeUtc(path) + ClockSlack;
            return isServer && isWriter && !IsZombie(id) ? id : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException
            or ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }

    // Where nothing reaps orphans, as in a bare container, an ended process keeps its id.
    static bool IsZombie(int id) =>
        OperatingSystem.IsLinux() && File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Signal(int id, int signal);
}
