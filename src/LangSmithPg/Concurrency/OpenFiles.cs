using System.Runtime.InteropServices;

namespace LangSmithPg.Concurrency;

/// <summary>How many files and sockets this process may have open, and how many databases that is enough for at a time.</summary>
static class OpenFiles
{
    // A check has a connection and now and then a file or a second connection. PowerShell, the module and the libraries that both load
    // have 160 (measured with PowerShell 7.6: each library is two files); a process that runs out of them ends, so some are kept free.
    const int OfLook = 3;
    const int OfProcess = 190;

    const int LinuxLimit = 7;
    const int MacLimit = 8;

    /// <summary>The maximum number of databases at a time for a process with this limit of open files; at least one.</summary>
    /// <param name="wanted">How many are wanted.</param>
    /// <param name="limit">The limit of the process, or null where there is none.</param>
    public static int Bound(int wanted, long? limit) => limit is { } most ? (int)Math.Clamp((most - OfProcess) / OfLook, 1, wanted) : wanted;

    /// <summary>The limit of this process, or null where there is none, as on Windows.</summary>
    public static long? Limit()
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
        {
            return null;
        }

        try
        {
            return GetLimit(OperatingSystem.IsLinux() ? LinuxLimit : MacLimit, out var limits) == 0 && limits.Current <= int.MaxValue ? (long)limits.Current : null;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "getrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int GetLimit(int resource, out Limits limits);

    [StructLayout(LayoutKind.Sequential)]
    struct Limits
    {
        public nuint Current;
        public nuint Maximum;
    }
}
