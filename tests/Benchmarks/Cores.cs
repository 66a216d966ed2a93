using System.Diagnostics;

namespace LangSmithPg.Benchmarks;

/// <summary>
/// Gives the server a core of its own and everything else the others, as if they were two machines: the rates then say what the server
/// can bear, and what those can ask of it.
/// </summary>
static class Cores
{
    /// <summary>Divides the cores, where there are some to divide and the system can.</summary>
    /// <returns>What was done, in words.</returns>
    public static string Divide(ReadyServer server)
    {
        if (!OperatingSystem.IsLinux() || Environment.ProcessorCount < 2)
        {
            return "server and clients share the cores";
        }

        Pin(server.ProcessId, "0");
        Pin(Environment.ProcessId, $"1-{Environment.ProcessorCount - 1}");
        return "the server has a core of its own";
    }

    /// <summary>Gives this process all cores again.</summary>
    public static void Share()
    {
        if (OperatingSystem.IsLinux())
        {
            Pin(Environment.ProcessId, $"0-{Environment.ProcessorCount - 1}");
        }
    }

    static void Pin(int process, string cores)
    {
        using var taskset = Process.Start(new ProcessStartInfo("taskset", ["--all-tasks", "--cpu-list", "--pid", cores, $"{process}"]) { RedirectStandardOutput = true })!;
        taskset.WaitForExit();
    }
}
