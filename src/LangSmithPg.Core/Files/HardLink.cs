using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace LangSmithPg.Files;

/// <summary>
/// A second name for a file. Of several processes that give the same name, one wins: that is what .NET's own move without overwriting
/// does not keep to on Unix, where it looks first and moves then.
/// </summary>
[UnsupportedOSPlatform("windows")]
static class HardLink
{
    // EEXIST, the same on Linux and macOS.
    const int Exists = 17;

    /// <summary>Gives a file a second name.</summary>
    /// <param name="path">Full path of the file.</param>
    /// <param name="name">The new name, a full path in the same folder.</param>
    /// <returns>Whether it could be given; false where the file system knows no such names.</returns>
    /// <exception cref="IOException">Something has the name already.</exception>
    public static bool TryCreate(string path, string name)
    {
        if (Link(Libc.Native(path), Libc.Native(name)) == 0)
        {
            return true;
        }

        return Marshal.GetLastPInvokeError() == Exists ? throw new IOException($"The file '{name}' already exists.") : false;
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Link(byte[] path, byte[] name);
}
