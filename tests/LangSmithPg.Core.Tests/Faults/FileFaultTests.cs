using System.Runtime.InteropServices;
using LangSmithPg.Core.Tests.Files;
using LangSmithPg.Files;

namespace LangSmithPg.Core.Tests.Faults;

/// <summary>The fault matrix, files: whatever goes wrong, the file is the old one or the new one, whole, and nothing is left beside it.</summary>
[Collection(nameof(FileFaultTests))]
public sealed class FileFaultTests : IDisposable
{
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    const UnixFileMode Shared = OwnerOnly | UnixFileMode.GroupRead;

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_that_is_read_only()
    {
        var path = Old("a");
        new FileInfo(path).IsReadOnly = true;

        var error = Assert.Throws<UnauthorizedAccessException>(() => Edit(path));

        new FileInfo(path).IsReadOnly = false;
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        AssertOld("a");
    }

    [Theory]
    [InlineData("values.yaml")]
    [InlineData("new.yaml")]
    public void A_folder_that_may_not_be_written(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        Old("values.yaml");
        SetFolder(UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        var error = AnotherUser.Record(() => Edit(_folder.File(name)));

        SetFolder(OwnerOnly | UnixFileMode.UserExecute);
        Assert.IsType<UnauthorizedAccessException>(error);
        Assert.Contains(_folder.File(name), error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(".tmp", error.Message, StringComparison.Ordinal);
        AssertOld("values.yaml");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_disk_without_space(bool isNew)
    {
        using var disk = SmallDisk.Mount(_folder.Path, kilobytes: 64);
        if (!isNew)
        {
            Old("a");
        }

        var error = Assert.ThrowsAny<IOException>(() =>
        {
            if (isNew)
            {
                NewFile.Write(_folder.File("a"), new('x', 1 << 20), ownerOnly: true, replace: true);
            }
            else
            {
                EditedFile.Open(_folder.File("a")).Write(new('x', 1 << 20), ownerOnly: true, backup: false);
            }
        });

        Assert.Contains("space", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(_folder.File("a"), error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(".tmp", error.Message, StringComparison.Ordinal);
        if (isNew)
        {
            Assert.Empty(_folder.FileNames);
        }
        else
        {
            AssertOld("a");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_folder_in_the_place_of_the_file(bool replace)
    {
        Directory.CreateDirectory(_folder.File("a"));

        var error = Assert.Throws<IOException>(() => NewFile.Write(_folder.File("a"), "new", ownerOnly: false, replace));

        Assert.Equal($"'{_folder.File("a")}' is a folder.", error.Message);
        Assert.Equal(["a"], _folder.FileNames);
    }

    [Fact]
    public void A_name_as_long_as_a_name_can_be()
    {
        var path = Old(new('n', 255));

        Edit(path);
        NewFile.Write(path, "newer", ownerOnly: false, replace: true);

        Assert.Equal("newer", File.ReadAllText(path));
        Assert.ThrowsAny<IOException>(() => NewFile.Write(path + "n", "new", ownerOnly: false, replace: false));
        Assert.Single(_folder.FileNames);
    }

    [Fact]
    public async Task A_lock_that_was_cancelled_is_free()
    {
        var path = _folder.File("a");
        // Somebody else's handle: without one, Windows forgets the mutex, and whose it is.
        using var other = OperatingSystem.IsWindows() ? new Mutex(initiallyOwned: false, $@"Global\{FileLock.NameFor(path)}") : null;
        Assert.ThrowsAny<OperationCanceledException>(() => FileLock.Take(path, new CancellationToken(canceled: true)));

        // On another thread: to its owner, a mutex is never taken.
        await Task.Factory.StartNew(() => FileLock.Take(path, CancellationToken.None)!.Dispose(), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    // On Windows, a file that is being replaced is gone for a moment.
    [Fact]
    public async Task A_file_that_comes_and_goes_is_never_read_only()
    {
        var path = Old("a");
        var replacing = Task.Run(() =>
        {
            for (var turn = 0; turn < 2000; turn++)
            {
                File.Delete(path);
                File.WriteAllText(path, "");
            }
        });
        do
        {
            Assert.False(FilePermissions.IsReadOnly(path));
        }
        while (!replacing.IsCompleted);
        await replacing;
    }

    [Fact]
    public async Task Many_writers_of_one_file_lose_nothing()
    {
        const int Writers = 8;
        const int Lines = 12;
        var path = Old("a");

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() =>
        {
            for (var line = 0; line < Lines;)
            {
                try
                {
                    var file = EditedFile.Open(path);
                    file.Write($"{file.Text}\n{writer}.{line}", ownerOnly: false, backup: false);
                    line++;
                }
                catch (FileEditException changed) when (changed.Kind == FileProblemKind.FileChanged)
                {
                    // Told, and nothing written: again.
                }
            }
        })));

        var written = await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(1 + (Writers * Lines), written.Distinct().Count());
        Assert.Equal(["a"], _folder.FileNames);
    }

    [Theory]
    [InlineData("a/real.yaml")]
    [InlineData("real.yaml")]
    public void A_link_leads_to_the_file_and_stays(string target)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets few make links.");
        Directory.CreateDirectory(_folder.File("a"));
        Old(target);
        File.CreateSymbolicLink(_folder.File("link"), _folder.File(target));
        File.CreateSymbolicLink(_folder.File("dangling"), _folder.File("made.yaml"));

        Edit(_folder.File("link"));
        Edit(_folder.File("dangling"));

        Assert.Equal("new", File.ReadAllText(_folder.File(target)));
        Assert.Equal("new", File.ReadAllText(_folder.File("made.yaml")));
        Assert.NotNull(new FileInfo(_folder.File("link")).LinkTarget);
    }

    [Fact]
    public void Links_in_a_circle()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets few make links.");
        File.CreateSymbolicLink(_folder.File("a"), _folder.File("b"));
        File.CreateSymbolicLink(_folder.File("b"), _folder.File("a"));

        Assert.ThrowsAny<IOException>(() => Edit(_folder.File("a")));
    }

    // Each is what a mode would be without this module's doing.
    [Theory]
    [InlineData(0)]
    [InlineData(0x12)]
    [InlineData(0x3F)]
    public void Secrets_are_their_owner_s_whatever_the_umask(int mask)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        var before = SetMask(mask);
        try
        {
            NewFile.Write(_folder.File("secret"), "s", ownerOnly: true, replace: false);
            Old("env");
            Set("env", OwnerOnly);
            EditedFile.Open(_folder.File("env")).Write("new", ownerOnly: true, backup: true);
            Old("shared");
            Set("shared", Shared);
            EditedFile.Open(_folder.File("shared")).Write("new", ownerOnly: true, backup: true);
        }
        finally
        {
            _ = SetMask(before);
        }

        Assert.Equal((OwnerOnly, OwnerOnly, OwnerOnly), (Mode("secret"), Mode("env"), Mode("env.bak")));
        Assert.Equal((Shared, Shared), (Mode("shared"), Mode("shared.bak")));
    }

    [Fact]
    public void A_file_of_another_owner_stays_theirs()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root can write another's file and leave it theirs.");
        Old("a");
        Set("a", Shared);
        Tools.Run("chown", "1234:2345", _folder.File("a"));

        EditedFile.Open(_folder.File("a")).Write("new", ownerOnly: true, backup: true);

        Assert.Equal("1234:2345 640", Tools.Run("stat", "-c", "%u:%g %a", _folder.File("a")));
        Assert.Equal("1234:2345 640", Tools.Run("stat", "-c", "%u:%g %a", _folder.File("a.bak")));
        Assert.Equal("new", File.ReadAllText(_folder.File("a")));
    }

    [Fact]
    public void A_group_that_the_new_file_cannot_have_does_not_hand_its_rights_to_another()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && AnotherUser.IsNeeded, "Only root can become somebody else.");
        SetFolder((UnixFileMode)0x1FF);
        Old("a");
        Set("a", Shared | UnixFileMode.OtherRead | UnixFileMode.OtherWrite);

        Assert.Null(AnotherUser.Record(() => Edit(_folder.File("a"))));

        Assert.Equal("65534:65534 606", Tools.Run("stat", "-c", "%u:%g %a", _folder.File("a")));
    }

    string Old(string name)
    {
        File.WriteAllText(_folder.File(name), "old");
        return _folder.File(name);
    }

    static void Edit(string path) => EditedFile.Open(path).Write("new", ownerOnly: false, backup: false);

    void AssertOld(string name)
    {
        Assert.Equal("old", File.ReadAllText(_folder.File(name)));
        Assert.Equal([name], _folder.FileNames);
    }

    UnixFileMode Mode(string name) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(_folder.File(name));

    void Set(string name, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder.File(name), mode);
        }
    }

    void SetFolder(UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder.Path, mode);
        }
    }

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int SetMask(int mask);
}

/// <summary>The umask is the whole process's: no other test runs meanwhile.</summary>
[CollectionDefinition(nameof(FileFaultTests), DisableParallelization = true)]
public sealed class FileFaults;
