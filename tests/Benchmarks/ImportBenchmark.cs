using System.Globalization;

namespace LangSmithPg.Benchmarks;

/// <summary>
/// Import into a running shell, beside an empty binary module and whatever of powershell-yaml and Pester is there. Each time a fresh
/// PowerShell, which has imported another module before: what PowerShell itself needs for the first one is not the module's.
/// </summary>
static class ImportBenchmark
{
    const int Rounds = 9;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("langsmithpg-import-").FullName;
        try
        {
            var (first, empty) = (MakeEmpty(folder, "First"), MakeEmpty(folder, "Empty"));
            await SideBySide.RunAsync(
                "Import-Module in a running shell", Rounds,
                Of("LangSmithPg", WarmSession.ModuleManifest),
                [
                    Of("an empty binary module", empty),
                    .. Others().Select(other => Of(Path.GetFileNameWithoutExtension(other), other)),
                ]);

            Contender Of(string name, string manifest) => new(name, () => Task.FromResult(double.Parse(
                Pwsh.Run(
                    $"""
                    Import-Module '{first}'
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

    // One cmdlet, a manifest, and nothing else.
    static string MakeEmpty(string folder, string name)
    {
        Pwsh.Run(
            $$"""
            $null = New-Item '{{folder}}/{{name}}' -ItemType Directory
            Add-Type -OutputAssembly '{{folder}}/{{name}}/{{name}}.dll' -OutputType Library -TypeDefinition @'
            [System.Management.Automation.Cmdlet("Get", "{{name}}")] public sealed class Get{{name}} : System.Management.Automation.PSCmdlet { }
            '@
            New-ModuleManifest '{{folder}}/{{name}}/{{name}}.psd1' -RootModule '{{name}}.dll' -CmdletsToExport 'Get-{{name}}' -FunctionsToExport @() -AliasesToExport @()
            """);
        return Path.Combine(folder, name, $"{name}.psd1");
    }

    static IEnumerable<string> Others() =>
        Pwsh.Run("Get-Module -ListAvailable powershell-yaml, Pester | ForEach-Object Path").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Concat(File.Exists(Build.Get("Pester")) ? [Build.Get("Pester")] : []);
}
