using LangSmithPg.Core.Tests.Files;
using LangSmithPg.Files;

namespace LangSmithPg.Core.Tests.Faults;

/// <summary>The fault matrix, files: what others put in a file's place, lists of rights, and what is no file.</summary>
public sealed class HostileFolderTests : IDisposable
{
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    const ushort Read = 4;
    const ushort ReadWrite = 6;
    const uint Stranger = 1234;

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_link_in_the_place_of_the_temporary_file_gives_nothing_away()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows gives a file its rules as it replaces it.");
        var (path, victim) = (Old("a", (UnixFileMode)0x1B6), Old("victim", OwnerOnly));
        if (Environment.IsPrivilegedProcess)
        {
            Tools.Run("chown", "1234:2345", path);
        }

        var before = Tools.Run("stat", "-c", "%u:%g %a", victim);
        NewFile.Replace(
            path, "new"u8.ToArray(),
            () =>
            {
                var temporary = Assert.Single(Directory.GetFiles(_folder.Path, "langsmithpg-*.tmp"));
                File.Delete(temporary);
                File.CreateSymbolicLink(temporary, victim);
                return SharedFile.OpenRead(path);
            },
            CancellationToken.None);

        Assert.Equal((before, "old"), (Tools.Run("stat", "-c", "%u:%g %a", victim), File.ReadAllText(victim)));
    }

    [Fact]
    public void An_access_control_list_stays_and_so_does_that_of_the_copy()
    {
        var path = Old("a", OwnerOnly);
        AccessLists.Set(path, Stranger, Read);
        var (list, mode) = (AccessLists.Get(path), Mode(path));

        EditedFile.Open(path).Write("new", ownerOnly: true, backup: true);

        Assert.Equal((list, mode, "new"), (AccessLists.Get(path), Mode(path), File.ReadAllText(path)));
        Assert.Equal((list, mode, "old"), (AccessLists.Get(path + ".bak"), Mode(path), File.ReadAllText(path + ".bak")));
    }

    [Fact]
    public void A_list_that_cannot_be_kept_does_not_become_rights_of_the_group()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && AnotherUser.IsNeeded, "Only root can become somebody else.");
        SetFolder((UnixFileMode)0x1FF);
        var path = Old("a", OwnerOnly);
        AccessLists.Set(path, user: 65534, ReadWrite);

        Assert.Null(AnotherUser.Record(() => EditedFile.Open(path).Write("new", ownerOnly: true, backup: false)));

        Assert.Equal(("", "65534:65534 600"), (AccessLists.Get(path), Tools.Run("stat", "-c", "%u:%g %a", path)));
    }

    [Fact]
    public void A_list_of_the_folder_is_no_right_to_the_file()
    {
        var path = Old("a", OwnerOnly | UnixFileMode.GroupRead);
        AccessLists.SetDefault(_folder.Path, Stranger, ReadWrite);

        EditedFile.Open(path).Write("new", ownerOnly: true, backup: true);
        NewFile.Write(_folder.File("secret"), "s", ownerOnly: true, replace: false);

        Assert.Equal(("", "640"), (AccessLists.Get(path), Tools.Run("stat", "-c", "%a", path)));
        Assert.Equal(("", "640"), (AccessLists.Get(path + ".bak"), Tools.Run("stat", "-c", "%a", path + ".bak")));
        // There the folder's list is without effect: its mask gives nothing.
        Assert.Equal("600", Tools.Run("stat", "-c", "%a", _folder.File("secret")));
    }

    [Theory]
    [InlineData("p", "a pipe", false)]
    [InlineData("c", "a device", false)]
    [InlineData("p", "a pipe", true)]
    [InlineData("c", "a device", true)]
    public void What_is_no_file_is_neither_replaced_nor_read(string type, string kind, bool byLink)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux is asked what it is.");
        Assert.SkipUnless(type == "p" || Environment.IsPrivilegedProcess, "Only root makes devices.");
        string[] numbers = type == "c" ? ["1", "5"] : [];
        Tools.Run("mknod", [_folder.File("node"), type, .. numbers]);
        var path = byLink ? _folder.File("link") : _folder.File("node");
        if (byLink)
        {
            File.CreateSymbolicLink(path, _folder.File("node"));
        }

        var before = _folder.FileNames;
        foreach (var replace in (bool[])[false, true])
        {
            Assert.Equal($"'{path}' is {kind}, not a file.", Assert.Throws<NotAFileException>(() => NewFile.Write(path, "secret", ownerOnly: true, replace)).Message);
        }

        Assert.Throws<NotAFileException>(() => EditedFile.Open(path));
        Assert.Equal(before, _folder.FileNames);
        Assert.Equal(type == "p" ? "fifo" : "character special file", Tools.Run("stat", "-c", "%F", _folder.File("node")));
    }

    [Fact]
    public void A_pipe_that_takes_the_place_of_a_file_meanwhile_is_not_waited_for()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux is asked what it is.");
        var file = EditedFile.Open(Old("a", OwnerOnly));
        File.Delete(_folder.File("a"));
        Tools.Run("mkfifo", _folder.File("a"));

        Assert.Throws<NotAFileException>(() => file.Write("new", ownerOnly: true, backup: false));

        Assert.Equal(["a"], _folder.FileNames);
    }

    [Fact]
    public void No_more_is_read_than_anything_of_its_kind_holds()
    {
        using (var large = File.Create(_folder.File("large")))
        {
            large.SetLength(SharedFile.MostBytes + 1L);
        }

        Assert.Equal(FileProblemKind.FileTooLarge, Assert.Throws<FileEditException>(() => EditedFile.Open(_folder.File("large"))).Kind);
        Assert.Throws<FileTooLargeException>(() => SharedFile.ReadAllText(_folder.File("large")));
        Assert.SkipUnless(File.Exists("/dev/zero"), "There is no device that never ends.");
        Assert.Equal("The file '/dev/zero' is larger than 1 MiB.", Assert.Throws<FileTooLargeException>(() => SharedFile.ReadAllBytes("/dev/zero", 1 << 20)).Message);
    }

    [Fact]
    public void Root_edits_what_only_another_may_write()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root may.");
        var path = Old("a", OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        Tools.Run("chown", "1234:2345", path);

        EditedFile.Open(path).Write("new", ownerOnly: true, backup: false);

        Assert.Equal(("new", "1234:2345 644"), (File.ReadAllText(path), Tools.Run("stat", "-c", "%u:%g %a", path)));
    }

    [Fact]
    public void A_file_that_its_user_may_not_write_is_read_only()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && AnotherUser.IsNeeded, "Only root can become somebody else.");
        SetFolder((UnixFileMode)0x1FF);
        var path = Old("a", OwnerOnly | UnixFileMode.OtherRead);

        Assert.IsType<UnauthorizedAccessException>(AnotherUser.Record(() => EditedFile.Open(path).Write("new", ownerOnly: true, backup: false)));

        Assert.Equal("old", File.ReadAllText(path));
    }

    [Fact]
    public void Another_user_waits_for_the_turn_and_is_not_locked_out_without_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && AnotherUser.IsNeeded, "Only root can become somebody else.");
        SetFolder((UnixFileMode)0x1FF);
        using (FileLock.Take(_folder.File("a"), CancellationToken.None))
        {
            using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
            Assert.IsType<OperationCanceledException>(AnotherUser.Record(() => FileLock.Take(_folder.File("a"), soon.Token)?.Dispose()));
        }

        Assert.Null(AnotherUser.Record(() => FileLock.Take(_folder.File("a"), CancellationToken.None)!.Dispose()));
        // It may write there, but not read: the folder cannot be locked.
        SetFolder((UnixFileMode)0x1C0 | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute);
        Assert.Null(AnotherUser.Record(() => FileLock.Take(_folder.File("a"), CancellationToken.None)?.Dispose()));
    }

    string Old(string name, UnixFileMode mode)
    {
        File.WriteAllText(_folder.File(name), "old");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder.File(name), mode);
        }

        return _folder.File(name);
    }

    void SetFolder(UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder.Path, mode);
        }
    }

    static string Mode(string path) => Tools.Run("stat", "-c", "%a", path);
}
