using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Documentation;

/// <summary>The Pester suite as a test, so that the task Coverage counts what it executes. The task Pester runs it otherwise.</summary>
public sealed class PesterSuiteTests
{
    [Fact(Explicit = true)]
    public async Task The_Pester_suite_passes()
    {
        using var folder = new TemporaryFolder();
        var suite = Path.Join(BuildPaths.Repository, "tests", "Pester", "Run.ps1");
        var result = await Pwsh.RunAsync($"& '{suite}' -Pester '{BuildPaths.Pester}'; exit $LASTEXITCODE", folder.Path);
        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
    }
}
