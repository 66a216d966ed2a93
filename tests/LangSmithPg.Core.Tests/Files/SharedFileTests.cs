using LangSmithPg.Files;

namespace LangSmithPg.Core.Tests.Files;

/// <summary>Files that somebody else has open. Windows alone refuses anything here.</summary>
public sealed class SharedFileTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_that_another_program_writes_is_read()
    {
        using var writer = new FileStream(_folder.File("a"), FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        writer.Write("t\u00EBxt"u8);
        writer.Flush();

        Assert.Equal("t\u00EBxt", SharedFile.ReadAllText(_folder.File("a")));
        Assert.Equal("t\u00EBxt"u8.ToArray(), SharedFile.ReadAllBytes(_folder.File("a")));
    }

    [Fact]
    public void A_file_that_is_being_read_can_be_edited()
    {
        File.WriteAllText(_folder.File("a"), "old");
        using var reader = SharedFile.OpenRead(_folder.File("a"));

        EditedFile.Open(_folder.File("a")).Write("edited", ownerOnly: false, backup: false);
        reader.Dispose();
        Assert.Equal("edited", SharedFile.ReadAllText(_folder.File("a")));
        Assert.Equal(["a"], _folder.FileNames);
    }

    [Fact]
    public async Task A_file_that_another_program_keeps_for_a_moment_is_waited_for()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), "No other system refuses a file that is open.");
        File.WriteAllText(_folder.File("a"), "old");
        var file = EditedFile.Open(_folder.File("a"));
        var scanner = new FileStream(_folder.File("a"), FileMode.Open, FileAccess.Read, FileShare.Read);
        var end = Task.Delay(300, TestContext.Current.CancellationToken).ContinueWith(_ => scanner.Dispose(), TaskScheduler.Default);

        file.Write("new", ownerOnly: false, backup: false);

        Assert.True(scanner.SafeFileHandle.IsClosed);
        Assert.Equal("new", File.ReadAllText(_folder.File("a")));
        Assert.Equal(["a"], _folder.FileNames);
        await end;
    }

    [Fact]
    public void A_file_that_another_program_keeps_stays_as_it_is()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), "No other system refuses a file that is open.");
        File.WriteAllText(_folder.File("a"), "old");
        var file = EditedFile.Open(_folder.File("a"));
        using (new FileStream(_folder.File("a"), FileMode.Open, FileAccess.Read, FileShare.Read))
        {
            var error = Assert.ThrowsAny<SystemException>(() => file.Write("new", ownerOnly: false, backup: false));
            Assert.DoesNotContain(".tmp", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal("old", File.ReadAllText(_folder.File("a")));
        Assert.Equal(["a"], _folder.FileNames);
    }

    [Fact]
    public void Waiting_for_another_program_can_be_ended()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), "No other system refuses a file that is open.");
        File.WriteAllText(_folder.File("a"), "old");
        var file = EditedFile.Open(_folder.File("a"));
        using (new FileStream(_folder.File("a"), FileMode.Open, FileAccess.Read, FileShare.Read))
        {
            Assert.Throws<OperationCanceledException>(() => file.Write("new", ownerOnly: false, backup: false, new(canceled: true)));
        }

        Assert.Equal("old", File.ReadAllText(_folder.File("a")));
        Assert.Equal(["a"], _folder.FileNames);
    }
}
