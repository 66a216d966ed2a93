using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Loading;

public sealed class SmokeTests(ITestOutputHelper output)
{
    [Fact]
    public async Task The_script_that_tries_the_package_on_every_system_finds_nothing()
    {
        using var folder = new TemporaryFolder();
        var script = Path.Join(BuildPaths.Repository, "tests", "Smoke", "Smoke.ps1");

        var result = await Pwsh.RunAsync($"& '{script}' -Module '{BuildPaths.ModuleManifest}'", folder.Path);

        output.WriteLine(result.Output + result.Errors);
        Assert.Equal(("All checks passed.", 0), (result.Output.TrimEnd().Split('\n')[^1], result.ExitCode));
    }
}
