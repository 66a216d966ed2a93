using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LangSmithPg.Sandbox.Processes;

/// <summary>Gives up root for the servers that refuse to run under it.</summary>
static partial class Privileges
{
    /// <summary>The id of "nobody" by convention. It needs no entry in the user database.</summary>
    const int UnprivilegedId = 65534;

    const UnixFileMode Reachable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    internal static bool MustBeDropped { get; } = !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;

    /// <summary>Rewrites a command so that it runs without root's rights. Does nothing when they are not there.</summary>
    internal static void Drop(ProcessStartInfo command)
    {
        if (!MustBeDropped)
            return;
        string[] prefix = ["--reuid", $"{UnprivilegedId}", "--regid", $"{UnprivilegedId}", "--clear-groups", command.FileName];
        for (var i = 0; i < prefix.Length; i++)
            command.ArgumentList.Insert(i, prefix[i]);
        command.FileName = "setpriv";
    }

    /// <summary>Hands a file or folder, without what is in it, to the identity that the servers run under.</summary>
    internal static void HandOver(string path)
    {
        if (MustBeDropped && ChangeOwner(path, UnprivilegedId, UnprivilegedId) != 0)
            throw new IOException($"The owner of '{path}' cannot be changed: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    /// <summary>Lets everyone enter and list a folder, whatever the umask.</summary>
    internal static void LetIn(string folder)
    {
        if (MustBeDropped && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, Reachable);
    }

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ChangeOwner(string path, int user, int group);
}
