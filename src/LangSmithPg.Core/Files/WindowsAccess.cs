using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace LangSmithPg.Files;

/// <summary>Who may read a file on Windows.</summary>
[SupportedOSPlatform("windows")]
static class WindowsAccess
{
    // Generic rights stand in an entry as they were given. Source: winnt.h.
    const int GenericRead = unchecked((int)0x80000000);
    const int GenericAll = 0x10000000;

    const string System = "S-1-5-18";
    const string Administrators = "S-1-5-32-544";

    // The system and the administrators read every file in the end; CREATOR OWNER and OWNER RIGHTS stand for the file's owner.
    // Source: Microsoft, "Security identifiers".
    static readonly string[] Trusted = [System, Administrators, "S-1-3-0", "S-1-3-4"];

    /// <summary>What a file that holds a secret gets: its owner, the system and the administrators may read it, and nothing is inherited.</summary>
    public static FileSecurity OwnerOnly()
    {
        using var identity = WindowsIdentity.GetCurrent();
        var security = new FileSecurity();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        SecurityIdentifier[] readers = [identity.User!, new(System), new(Administrators)];
        foreach (var reader in readers)
        {
            security.AddAccessRule(new(reader, FileSystemRights.FullControl, AccessControlType.Allow));
        }

        return security;
    }

    /// <summary>The same for a folder, and for everything that is created in it.</summary>
    public static DirectorySecurity OwnerOnlyFolder()
    {
        using var identity = WindowsIdentity.GetCurrent();
        var security = new DirectorySecurity();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        SecurityIdentifier[] readers = [identity.User!, new(System), new(Administrators)];
        foreach (var reader in readers)
        {
            security.AddAccessRule(new(
                reader, FileSystemRights.FullControl, InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit, PropagationFlags.None, AccessControlType.Allow));
        }

        return security;
    }

    /// <summary>Whether anybody but the owner, the system and the administrators may read a file.</summary>
    /// <param name="path">Full path of the file.</param>
    public static bool AllowsOthers(string path)
    {
        using var identity = WindowsIdentity.GetCurrent();
        return AllowsOthers(new FileInfo(path).GetAccessControl(AccessControlSections.Access | AccessControlSections.Owner), identity.User!);
    }

    /// <summary>Whether anybody but the owner, a user, the system and the administrators may read what is secured so.</summary>
    /// <param name="security">The file's owner and access rules.</param>
    /// <param name="user">The user.</param>
    public static bool AllowsOthers(FileSystemSecurity security, SecurityIdentifier user)
    {
        var owner = security.GetOwner(typeof(SecurityIdentifier)) as SecurityIdentifier;
        var readers = security.GetAccessRules(includeExplicit: true, includeInherited: true, typeof(SecurityIdentifier)).OfType<FileSystemAccessRule>()
            .Where(rule => MayRead(rule.FileSystemRights) && !rule.PropagationFlags.HasFlag(PropagationFlags.InheritOnly))
            .ToLookup(rule => rule.AccessControlType, rule => (SecurityIdentifier)rule.IdentityReference);
        return readers[AccessControlType.Allow].Except(readers[AccessControlType.Deny])
            .Any(who => who != owner && who != user && !Trusted.Contains(who.Value) && !IsDomainAdmins(who.Value));
    }

    static bool IsDomainAdmins(string who) => who.StartsWith("S-1-5-21-", StringComparison.Ordinal) && who.EndsWith("-512", StringComparison.Ordinal);

    static bool MayRead(FileSystemRights rights) => ((int)rights & ((int)FileSystemRights.ReadData | GenericRead | GenericAll)) != 0;
}
