using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests;

public sealed class SmokeTests(ITestOutputHelper output) : IDisposable
{
    readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void The_script_that_tries_the_package_on_every_system_finds_nothing()
    {
        var script = Path.Join(BuildPaths.Repository, "tests", "Smoke", "Smoke.ps1");

        var result = _session.Run($"& '{script}' -Module '{BuildPaths.ModuleManifest}'");

        output.WriteLine(string.Join('\n', result.Output));
        result.ThrowIfFailed();
        Assert.Equal("All checks passed.", result.Output[^1].BaseObject);
    }
}
