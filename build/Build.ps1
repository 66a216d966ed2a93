# Builds everything, and checks the module that is staged under out/LangSmithPg.
param([string] $Configuration = 'Debug')

$root = Split-Path $PSScriptRoot
dotnet build $root --configuration $Configuration

$version = (Import-PowerShellDataFile "$root/LangSmithPg.psd1").ModuleVersion
$manifest = Test-ModuleManifest "$root/out/LangSmithPg/$version/LangSmithPg.psd1" -WarningAction Stop
"Staged $($manifest.Name) $($manifest.Version) at $(Split-Path $manifest.Path)"
