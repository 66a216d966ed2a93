using System.Runtime.InteropServices;

namespace LangSmithPg.Core.Tests.Faults;

/// <summary>Does something as a user who owns nothing here. To the file system, on Linux, every thread can be its own.</summary>
static class AnotherUser
{
    const uint Id = 65534;

    /// <summary>Whether this process is one that may become another: elsewhere it is no more than a user itself.</summary>
    public static bool IsNeeded => Environment.IsPrivilegedProcess;

    /// <summary>Does it, and gives what it threw.</summary>
    public static Exception? Record(Action action)
    {
        if (!IsNeeded)
        {
            return Xunit.Record.Exception(action);
        }

        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only on Linux can a thread of root act as another user.");
        Exception? thrown = null;
        var thread = new Thread(() =>
        {
            // The thread ends with it: nothing is set back.
            _ = SetGroup(Id);
            _ = SetUser(Id);
            thrown = Xunit.Record.Exception(action);
        });
        thread.Start();
        thread.Join();
        return thrown;
    }

    [DllImport("libc", EntryPoint = "setfsuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int SetUser(uint user);

    [DllImport("libc", EntryPoint = "setfsgid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int SetGroup(uint group);
}
