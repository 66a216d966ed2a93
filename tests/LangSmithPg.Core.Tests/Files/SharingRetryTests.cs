using LangSmithPg.Files;

namespace LangSmithPg.Core.Tests.Files;

public sealed class SharingRetryTests
{
    [Theory]
    [InlineData(0x80070020)]
    [InlineData(0x80070021)]
    [InlineData(0x80070497)]
    [InlineData(0x80070498)]
    [InlineData(0x80070499)]
    public void A_file_that_is_in_use_is_tried_again(uint code)
    {
        var tries = 0;

        var result = SharingRetry.Run(() => ++tries < 4 ? throw new IOException("In use.", unchecked((int)code)) : "done");

        Assert.Equal(("done", 4), (result, tries));
    }

    [Fact]
    public void A_file_that_stays_in_use_is_an_error_in_the_end()
    {
        var tries = 0;

        var error = Assert.Throws<IOException>(() => SharingRetry.Run(() =>
        {
            tries++;
            throw new IOException("In use.", unchecked((int)0x80070020));
        }));

        Assert.Equal(("In use.", 9), (error.Message, tries));
    }

    public static TheoryData<Exception> Final =>
    [
        new IOException("The disk is full.", unchecked((int)0x80070070)), new FileNotFoundException(), new DirectoryNotFoundException(), new IOException("Another code.", 32),
        new InvalidOperationException(),
    ];

    [Theory]
    [MemberData(nameof(Final))]
    public void What_does_not_pass_is_told_at_once(Exception error)
    {
        var tries = 0;

        Assert.Same(error, Record.Exception(() => SharingRetry.Run(() =>
        {
            tries++;
            throw error;
        })));

        Assert.Equal(1, tries);
    }

    [Fact]
    public void The_waiting_can_be_ended()
    {
        var tries = 0;

        Assert.Throws<OperationCanceledException>(() => SharingRetry.Run(
            () =>
            {
                tries++;
                throw new IOException("In use.", unchecked((int)0x80070020));
            },
            new(canceled: true)));

        Assert.Equal(1, tries);
    }
}
