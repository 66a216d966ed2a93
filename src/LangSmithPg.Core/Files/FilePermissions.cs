using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

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

    /// <summary>Whether a file may be read by its group or by everybody; on Windows, by all users of the machine.</summary>
    /// <param name="path">Full path of the file.</param>
    public static bool AllowOthers(string path) => OperatingSystem.IsWindows()
        ? AllowOthersOnWindows(path)
        : (File.GetUnixFileMode(path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0;

    [SupportedOSPlatform("windows")]
    static bool AllowOthersOnWindows(string path) => new FileInfo(path).GetAccessControl(AccessControlSections.Access)
        .GetAccessRules(includeExplicit: true, includeInherited: true, typeof(SecurityIdentifier)).OfType<FileSystemAccessRule>()
        .Any(rule => rule is { AccessControlType: AccessControlType.Allow, IdentityReference: SecurityIdentifier who }
            && rule.FileSystemRights.HasFlag(FileSystemRights.ReadData)
            && (who.IsWellKnown(WellKnownSidType.WorldSid) || who.IsWellKnown(WellKnownSidType.AuthenticatedUserSid) || who.IsWellKnown(WellKnownSidType.BuiltinUsersSid)));

    // What the old file inherited is written down: the copy's own folder may give more.
    [SupportedOSPlatform("windows")]
    static void CopyOnWindows(string path, string from)
    {
        var security = new FileInfo(from).GetAccessControl(AccessControlSections.Access);
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: true);
        new FileInfo(path).SetAccessControl(security);
    }
}
