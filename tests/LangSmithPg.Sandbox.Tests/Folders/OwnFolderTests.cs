using System.Diagnostics;
using LangSmithPg.Sandbox.Folders;

namespace LangSmithPg.Sandbox.Tests.Folders;

/// <summary>What others put where the sandbox would keep its programs.</summary>
public sealed class OwnFolderTests : IDisposable
{
    const UnixFileMode Everybody = (UnixFileMode)0x1FF;
    const UnixFileMode OthersMayWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    readonly string _folder = Directory.CreateTempSubdirectory("langsmithpg-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_of_another_user_is_not_taken()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root can make a folder somebody else's.");
        var planted = Path.Join(_folder, "planted");
        Directory.CreateDirectory(Path.Join(planted, "packages"));
        using (var chown = Process.Start("chown", ["-R", "65534:65534", planted]))
        {
            chown.WaitForExit();
            Assert.Equal(0, chown.ExitCode);
        }

        Assert.Throws<UnauthorizedAccessException>(() => SandboxRoot.FirstUsable([], planted));
    }

    [Fact]
    public void A_link_is_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets few make links.");
        var link = Path.Join(_folder, "link");
        Directory.CreateSymbolicLink(link, Directory.CreateDirectory(Path.Join(_folder, "target")).FullName);

        Assert.Throws<UnauthorizedAccessException>(() => SandboxRoot.FirstUsable([], link));
    }

    [Fact]
    public void A_folder_of_ones_own_is_closed_to_writers()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        var own = Directory.CreateDirectory(Path.Join(_folder, "own")).FullName;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(own, Everybody);
            Assert.Equal(own, SandboxRoot.FirstUsable([], own));
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(own) & OthersMayWrite);
        }
    }
}
