using LangSmithPg.Ownership;
using LangSmithPg.Servers;

namespace LangSmithPg.Core.Tests.Ownership;

public sealed class OwnershipTransferTests
{
    // The server may have told later that it rolled back: then nothing is open, whichever statement it was.
    [Theory]
    [InlineData(true, "Whether the change was committed is not known: -WhatIf shows what remains to be done.")]
    [InlineData(false, "No ownership was changed.")]
    public void What_a_lost_answer_leaves_open_depends_on_the_COMMIT_alone(bool isOfCommit, string outcome)
    {
        foreach (var error in new[] { ServerError.ConnectionLost("Broken pipe"), ServerError.NoTimeLeft })
        {
            Assert.Equal(outcome, new OwnershipTransfer
            {
                Plan = null!, Done = 0, Elapsed = TimeSpan.Zero, Error = error with { IsOfCommit = isOfCommit }, FailedStatement = "commit",
            }.Outcome);
        }

        Assert.False(new ServerError("40001", "deferred") { IsOfCommit = true }.LeavesCommitOpen);
    }
}
