using System.Runtime.Versioning;
using System.Security.AccessControl;

namespace LangSmithPg.Files;

/// <summary>Who may do what with a file.</summary>
static class FilePermissions
{
    /// <summary>Gives a file the permissions of another, and never more.</summary>
    /// <param name="path">Full path of the file.</param>
    /// <param name="from">Full path of the other file.</param>
    public static void Copy(string path, string from)
    {
        if (OperatingSystem.IsWindows())
        {
            CopyOnWindows(path, from);
        }
        else if (OperatingSystem.IsLinux())
        {
            UnixOwner.Copy(path, from);
        }
        else
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(from));
        }
    }

    /// <summary>
    /// Whether others may read a file: its group or everybody; on Windows, anybody but its owner, the system and the administrators.
    /// </summary>
    /// <param name="path">Full path of the file.</param>
    public static bool AllowOthers(string path) => OperatingSystem.IsWindows()
        ? WindowsAccess.AllowsOthers(path)
        : (File.GetUnixFileMode(path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0;

    // What the old file inherited is written down: the copy's own folder may give more.
    [SupportedOSPlatform("windows")]
    static void CopyOnWindows(string path, string from)
    {
        var security = new FileInfo(from).GetAccessControl(AccessControlSections.Access);
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: true);
        new FileInfo(path).SetAccessControl(security);
    }
}
