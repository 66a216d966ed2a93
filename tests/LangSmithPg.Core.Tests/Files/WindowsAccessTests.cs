using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;
using LangSmithPg.Files;

namespace LangSmithPg.Core.Tests.Files;

[SupportedOSPlatform("windows")]
public sealed class WindowsAccessTests
{
    const string Domain = "S-1-5-21-1111111111-2222222222-3333333333";
    const string Owner = $"{Domain}-1001";
    const string User = $"{Domain}-1002";

    [Theory]
    [InlineData("", false, "nobody")]
    [InlineData($"(A;;FA;;;{Owner})(A;;FA;;;SY)(A;;FA;;;BA)", false, "owner, system, administrators")]
    [InlineData($"(A;;FA;;;{User})(A;;FR;;;{Domain}-512)(A;;FR;;;OW)", false, "the user, domain administrators, whoever owns it")]
    [InlineData("(A;;FR;;;WD)", true, "Everyone")]
    [InlineData("(A;;FR;;;AU)", true, "Authenticated Users")]
    [InlineData("(A;;FR;;;BU)", true, "Users")]
    [InlineData("(A;;FR;;;IU)", true, "INTERACTIVE")]
    [InlineData($"(A;;FR;;;{Domain}-513)", true, "Domain Users")]
    [InlineData($"(A;;FR;;;{Domain}-1003)", true, "another user")]
    [InlineData("(A;ID;0x1200a9;;;BU)", true, "Users, inherited from the folder")]
    [InlineData("(A;;GR;;;WD)", true, "Everyone, a generic right")]
    [InlineData("(A;;GA;;;IU)", true, "INTERACTIVE, all generic rights")]
    [InlineData("(A;OICIIO;FA;;;WD)", false, "Everyone, for files below alone")]
    [InlineData("(A;;0x2;;;WD)", false, "Everyone, to write alone")]
    [InlineData("(D;;FR;;;WD)", false, "Everyone is denied")]
    [InlineData("(D;;FR;;;BU)(A;;FR;;;BU)", false, "Users are denied and allowed")]
    public void Others_are_all_but_owner_system_and_administrators(string rules, bool expected, string who)
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), "No other system has access control lists of this kind.");
        var security = new FileSecurity();
        security.SetSecurityDescriptorSddlForm($"O:{Owner}G:{Domain}-513D:{rules}");

        Assert.True(expected == WindowsAccess.AllowsOthers(security, new(User)), who);
    }

    [Fact]
    public void A_secret_s_rules_name_owner_system_and_administrators_and_inherit_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), "No other system has access control lists of this kind.");
        var security = WindowsAccess.OwnerOnly();

        using var identity = WindowsIdentity.GetCurrent();
        Assert.True(security.AreAccessRulesProtected);
        Assert.Equal(
            new[] { identity.User!.Value, "S-1-5-18", "S-1-5-32-544" }.Order(StringComparer.Ordinal),
            security.GetAccessRules(includeExplicit: true, includeInherited: true, typeof(SecurityIdentifier)).OfType<FileSystemAccessRule>()
                .Where(rule => rule is { AccessControlType: AccessControlType.Allow, FileSystemRights: FileSystemRights.FullControl })
                .Select(rule => rule.IdentityReference.Value).Order(StringComparer.Ordinal));
        Assert.False(WindowsAccess.AllowsOthers(security, identity.User));
    }
}
