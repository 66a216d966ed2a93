using LangSmithPg.Files;

namespace LangSmithPg.Core.Tests.Files;

public sealed class EditedFileTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_that_somebody_else_changed_meanwhile_is_left_alone()
    {
        File.WriteAllText(_folder.File("a"), "old");
        var file = EditedFile.Open(_folder.File("a"));
        File.WriteAllText(_folder.File("a"), "theirs");

        Assert.Equal(FileProblemKind.FileChanged, Assert.Throws<FileEditException>(() => file.Write("ours", ownerOnly: false, backup: false)).Kind);

        Assert.Equal("theirs", File.ReadAllText(_folder.File("a")));
        Assert.Equal(["a"], _folder.FileNames);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_that_somebody_else_deleted_meanwhile_is_told_as_one(bool backup)
    {
        File.WriteAllText(_folder.File("a"), "old");
        var file = EditedFile.Open(_folder.File("a"));
        File.Delete(_folder.File("a"));

        var error = Assert.Throws<FileEditException>(() => file.Write("ours", ownerOnly: false, backup));

        Assert.Equal((FileProblemKind.FileChanged, "Another program moved or deleted the file in the meantime; nothing was written."), (error.Kind, error.Message));
        Assert.Empty(_folder.FileNames);
    }

    [Fact]
    public void Writers_of_one_file_wait_for_each_other_however_they_write_its_name()
    {
        Assert.Equal(OperatingSystem.IsLinux(), FileLock.NameFor(_folder.File("A.yaml")) != FileLock.NameFor(_folder.File("a.YAML")));
        Assert.NotEqual(FileLock.NameFor(_folder.File("a")), FileLock.NameFor(_folder.File("b")));
    }

    [Fact]
    public void A_file_that_somebody_else_made_meanwhile_is_left_alone()
    {
        var file = EditedFile.Open(_folder.File("a"));
        File.WriteAllText(_folder.File("a"), "theirs");

        Assert.Throws<IOException>(() => file.Write("ours", ownerOnly: false, backup: false));

        Assert.Equal("theirs", File.ReadAllText(_folder.File("a")));
    }

    [Fact]
    public void Every_copy_is_kept()
    {
        File.WriteAllText(_folder.File("a"), "one");
        Assert.Equal(_folder.File("a.bak"), EditedFile.Open(_folder.File("a")).Write("two", ownerOnly: false, backup: true));
        Assert.Equal(_folder.File("a.bak1"), EditedFile.Open(_folder.File("a")).Write("three", ownerOnly: false, backup: true));

        Assert.Equal(["a", "a.bak", "a.bak1"], _folder.FileNames);
        Assert.Equal(("one", "two", "three"), (Read("a.bak"), Read("a.bak1"), Read("a")));
    }

    [Fact]
    public void A_byte_order_mark_is_part_of_the_text()
    {
        File.WriteAllBytes(_folder.File("a"), [0xEF, 0xBB, 0xBF, (byte)'x']);
        var file = EditedFile.Open(_folder.File("a"));
        file.Write(file.Text + "y", ownerOnly: false, backup: false);

        Assert.Equal([0xEF, 0xBB, 0xBF, (byte)'x', (byte)'y'], File.ReadAllBytes(_folder.File("a")));
    }

    string Read(string name) => File.ReadAllText(_folder.File(name));
}
