using System.Text;
using LangSmithPg.Files;

namespace LangSmithPg.Core.Tests.Files;

public sealed class NewFileTests : IDisposable
{
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("values.yaml")]
    [InlineData("with a space.yaml")]
    [InlineData("\u00FCml\u00E4ut \u65E5\u672C \U0001F600.yaml")]
    public void A_text_is_written_as_it_is_and_nothing_else_is_left(string name)
    {
        const string Text = "a: \"\u00E9\U0001F600\"\r\n";

        NewFile.Write(_folder.File(name), Text, ownerOnly: false, replace: false);

        Assert.Equal(Encoding.UTF8.GetBytes(Text), File.ReadAllBytes(_folder.File(name)));
        Assert.Equal([name], _folder.FileNames);
    }

    [Fact]
    public void An_existing_file_is_left_alone_unless_it_is_to_be_replaced()
    {
        var path = _folder.File("a");
        File.WriteAllText(path, "old");

        Assert.Throws<IOException>(() => NewFile.Write(path, "new", ownerOnly: true, replace: false));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["a"], _folder.FileNames);

        NewFile.Write(path, "new", ownerOnly: true, replace: true);
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal(["a"], _folder.FileNames);
    }

    [Fact]
    public void A_missing_folder_is_an_error_that_names_the_file_that_was_asked_for()
    {
        var path = _folder.File("missing/a");

        var error = Assert.Throws<DirectoryNotFoundException>(() => NewFile.Write(path, "text", ownerOnly: true, replace: true));

        Assert.Equal($"The folder for '{path}' does not exist.", error.Message);
        Assert.Empty(_folder.FileNames);
    }

    [Fact]
    public void A_folder_in_the_place_is_an_error_and_stays()
    {
        Directory.CreateDirectory(_folder.File("a"));

        Assert.ThrowsAny<SystemException>(() => NewFile.Write(_folder.File("a"), "text", ownerOnly: false, replace: true));

        Assert.Equal(["a"], _folder.FileNames);
    }

    [Fact]
    public void A_text_that_is_no_unicode_leaves_the_old_file()
    {
        var path = _folder.File("a");
        File.WriteAllText(path, "old");

        Assert.Throws<EncoderFallbackException>(() => NewFile.Write(path, "\uD83D", ownerOnly: false, replace: true));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["a"], _folder.FileNames);
    }

    [Fact]
    public void A_secret_is_its_owner_s_alone_even_where_others_could_read_the_file_before()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        var path = _folder.File("a");
        File.WriteAllText(path, "old");
        Set(path, OwnerOnly | UnixFileMode.OtherRead);

        NewFile.Write(path, "secret", ownerOnly: true, replace: true);

        Assert.Equal(OwnerOnly, Mode(path));
    }

    [Fact]
    public void A_secret_is_its_owner_s_alone_from_the_first_byte()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        var text = new string('x', 1 << 20);
        var seen = new HashSet<UnixFileMode>();
        var writer = Task.Run(() =>
        {
            for (var index = 0; index < 20; index++)
            {
                NewFile.Write(_folder.File("a"), text, ownerOnly: true, replace: true);
            }
        }, TestContext.Current.CancellationToken);

        while (!writer.IsCompleted)
        {
            foreach (var temporary in Directory.EnumerateFiles(_folder.Path, "*.tmp"))
            {
                try
                {
                    seen.Add(Mode(temporary));
                }
                catch (FileNotFoundException)
                {
                    // It has been moved to its place meanwhile.
                }
            }
        }

        Assert.True(writer.IsCompletedSuccessfully);
        Assert.Equal([OwnerOnly], seen);
    }

    [Fact]
    public async Task Of_many_writers_one_wins_and_the_others_are_told()
    {
        var path = _folder.File("a");

        var errors = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(
            () => Record.Exception(() => NewFile.Write(path, new string((char)('a' + writer), 100_000), ownerOnly: false, replace: false)))));

        Assert.Single(errors, error => error is null);
        Assert.All(errors.OfType<Exception>(), error => Assert.IsType<IOException>(error));
        Assert.Single((await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).Distinct());
        Assert.Equal(["a"], _folder.FileNames);
    }

    [Fact]
    public async Task A_reader_sees_the_old_file_or_the_new_one_whole()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not replace a file while it is read.");
        var path = _folder.File("a");
        NewFile.Write(path, new('0', 100_000), ownerOnly: false, replace: false);
        var writer = Task.Run(() =>
        {
            for (var index = 0; index < 50; index++)
            {
                NewFile.Write(path, new((char)('0' + (index % 10)), 100_000), ownerOnly: false, replace: true);
            }
        }, TestContext.Current.CancellationToken);

        do
        {
            var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(100_000, text.Length);
            Assert.Single(text.Distinct());
        }
        while (!writer.IsCompleted);
        await writer;
    }

    static UnixFileMode Mode(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);

    static void Set(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
