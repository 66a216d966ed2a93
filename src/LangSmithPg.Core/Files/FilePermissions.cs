using System.Runtime.Versioning;
using System.Security.AccessControl;
using Microsoft.Win32.SafeHandles;

namespace LangSmithPg.Files;

/// <summary>Who may do what with a file.</summary>
static class FilePermissions
{
    // What FileInfo.Attributes is where there is no file.
    const FileAttributes NoFile = (FileAttributes)(-1);

    /// <summary>Gives a file the permissions of another, and never more.</summary>
    /// <param name="to">The file.</param>
    /// <param name="from">The other file.</param>
    /// <param name="path">Path of the other file, for errors.</param>
    /// <exception cref="IOException">They cannot be given.</exception>
    [UnsupportedOSPlatform("windows")]
    public static void Copy(SafeFileHandle to, SafeFileHandle from, string path)
    {
        if (OperatingSystem.IsLinux())
        {
            LinuxPermissions.Copy(to, from, path);
        }
        else
        {
            File.SetUnixFileMode(to, File.GetUnixFileMode(from));
        }
    }

    /// <summary>Gives a file the access rules of another. What that inherits is written down: the file's own folder may give more.</summary>
    /// <param name="path">Full path of the file.</param>
    /// <param name="from">Full path of the other file.</param>
    [SupportedOSPlatform("windows")]
    public static void Copy(string path, string from)
    {
        var security = new FileInfo(from).GetAccessControl(AccessControlSections.Access);
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: true);
        new FileInfo(path).SetAccessControl(security);
    }

    /// <summary>
    /// Whether others may read a file: its group or everybody; on Windows, anybody but its owner, the system and the administrators.
    /// </summary>
    /// <param name="path">Full path of the file.</param>
    public static bool AllowOthers(string path) => OperatingSystem.IsWindows()
        ? WindowsAccess.AllowsOthers(path)
        : (File.GetUnixFileMode(path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0;

    /// <summary>Whether a file is marked as read-only, or may not be written by this user; false where there is none.</summary>
    /// <param name="path">Full path of the file.</param>
    public static bool IsReadOnly(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            return LinuxPermissions.IsReadOnly(path);
        }

        // Asked for once: .NET says of a file that is gone that it has every attribute, and on Windows one that is being replaced is gone for a moment.
        var attributes = new FileInfo(path).Attributes;
        return attributes != NoFile && attributes.HasFlag(FileAttributes.ReadOnly);
    }
}
