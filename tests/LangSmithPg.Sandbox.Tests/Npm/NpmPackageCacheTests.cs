using LangSmithPg.Sandbox.Npm;

namespace LangSmithPg.Sandbox.Tests.Npm;

public sealed class NpmPackageCacheTests
{
    [Fact]
    public async Task An_archive_that_is_not_what_was_pinned_is_refused()
    {
        using var archive = new TemporaryFile("not what was pinned");
        var pinned = NpmLock.Find("yaml")!;

        var error = await Assert.ThrowsAsync<NpmException>(
            () => NpmPackageCache.VerifyAsync(pinned, archive.Path, TestContext.Current.CancellationToken));

        Assert.Contains("is not what was pinned", error.Message, StringComparison.Ordinal);
    }
}
