using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Help;

/// <summary>Where PlatyPS is installed, the pages and the file for Get-Help are made once more: nothing may change.</summary>
public sealed class RegenerationTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("langsmithpg-help-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Nothing_is_left_to_bring_up_to_date()
    {
        var pages = _folder.CreateSubdirectory("pages");
        foreach (var file in Directory.GetFiles(HelpPage.Folder))
        {
            File.Copy(file, Path.Join(pages.FullName, Path.GetFileName(file)));
        }

        var made = Path.Join(_folder.FullName, "made.xml");
        var run = await Pwsh.RunAsync(
            $$"""
            if (-not (Get-Module -ListAvailable Microsoft.PowerShell.PlatyPS | Where-Object Version -GE '1.0')) { exit 42 }
            & '{{BuildPaths.Repository}}docs/Update-Help.ps1' '{{BuildPaths.ModuleManifest}}' -Pages '{{pages.FullName}}' -HelpFile '{{made}}'
            """,
            _folder.FullName);
        Assert.SkipWhen(run.ExitCode == 42, "Microsoft.PowerShell.PlatyPS 1.0 is not on PSModulePath.");

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Equal(File.ReadAllText(HelpFile.Path), File.ReadAllText(made));
        Assert.All(Directory.GetFiles(HelpPage.Folder), file => Assert.Equal(File.ReadAllText(file), File.ReadAllText(Path.Join(pages.FullName, Path.GetFileName(file)))));
    }
}
