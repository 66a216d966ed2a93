using System.Globalization;

namespace LangSmithPg.Benchmarks;

/// <summary>
/// Import into a running shell, beside empty binary modules and whatever of powershell-yaml and Pester is there. Each time a fresh
/// PowerShell, which has imported another module before, as what PowerShell itself needs for the first one is not the module's: at the
/// prompt PSReadLine, which brings views, and in a runbook one that brings none.
/// </summary>
static class ImportBenchmark
{
    const int Rounds = 9;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("langsmithpg-import-").FullName;
        try
        {
            var (first, empty, viewed) = (MakeEmpty(folder, "First"), MakeEmpty(folder, "Empty"), MakeEmpty(folder, "Viewed", withViews: true));
            await MeasureAsync("Import-Module at the prompt", "PSReadLine");
            await MeasureAsync("Import-Module in a runbook", first);

            Task MeasureAsync(string title, string before) => SideBySide.RunAsync(
                title, Rounds,
                Of("LangSmithPg", WarmSession.ModuleManifest, before),
                [
                    Of("an empty binary module", empty, before),
                    Of("the same with a view and a type file", viewed, before),
                    .. Others().Select(other => Of(Path.GetFileNameWithoutExtension(other), other, before)),
                ]);

            Contender Of(string name, string manifest, string before) => new(name, () => Task.FromResult(double.Parse(
                Pwsh.Run(
                    $"""
                    Import-Module '{before}'
                    $clock = [Diagnostics.Stopwatch]::StartNew()
                    Import-Module '{manifest}'
                    $clock.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)
                    """),
                CultureInfo.InvariantCulture)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // One cmdlet, a manifest, and at most one view and one type of the smallest kind.
    static string MakeEmpty(string folder, string name, bool withViews = false)
    {
        Pwsh.Run(
            $$"""
            $null = New-Item '{{folder}}/{{name}}' -ItemType Directory
            Add-Type -OutputAssembly '{{folder}}/{{name}}/{{name}}.dll' -OutputType Library -TypeDefinition @'
            [System.Management.Automation.Cmdlet("Get", "{{name}}")] public sealed class Get{{name}} : System.Management.Automation.PSCmdlet { }
            '@
            $views = @{}
            if (${{withViews}}) {
                '<Configuration><ViewDefinitions><View><Name>N</Name><ViewSelectedBy><TypeName>N</TypeName></ViewSelectedBy><TableControl><TableRowEntries><TableRowEntry><TableColumnItems><TableColumnItem><PropertyName>N</PropertyName></TableColumnItem></TableColumnItems></TableRowEntry></TableRowEntries></TableControl></View></ViewDefinitions></Configuration>' > '{{folder}}/{{name}}/N.Format.ps1xml'
                '<Types><Type><Name>N</Name><Members><NoteProperty><Name>N</Name><Value>1</Value></NoteProperty></Members></Type></Types>' > '{{folder}}/{{name}}/N.Types.ps1xml'
                $views = @{ FormatsToProcess = 'N.Format.ps1xml'; TypesToProcess = 'N.Types.ps1xml' }
            }
            New-ModuleManifest '{{folder}}/{{name}}/{{name}}.psd1' -RootModule '{{name}}.dll' -CmdletsToExport 'Get-{{name}}' -FunctionsToExport @() -AliasesToExport @() @views
            """);
        return Path.Combine(folder, name, $"{name}.psd1");
    }

    static IEnumerable<string> Others() =>
        Pwsh.Run("Get-Module -ListAvailable powershell-yaml, Pester | ForEach-Object Path").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Concat(File.Exists(Build.Get("Pester")) ? [Build.Get("Pester")] : []);
}
