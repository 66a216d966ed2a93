#Requires -Version 7.4
<#
.SYNOPSIS
Builds and tests the module.
.DESCRIPTION
Needs the .NET 10 SDK alone: `dotnet build` stages an importable module under out/, `dotnet test` runs the tests.
This script adds what needs PowerShell itself, and uses it where it is installed: the Pester suite.
.EXAMPLE
./build.ps1 -Task Build, Test
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Docs', 'Clean')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug'
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true

function Invoke-BuildTask {
    dotnet build $PSScriptRoot --configuration $Configuration
    $manifest = Test-ModuleManifest -Path (Get-ChildItem "$PSScriptRoot/out/LangSmithPg/*/LangSmithPg.psd1" | Sort-Object LastWriteTime | Select-Object -Last 1)
    Write-Host "Staged $($manifest.Name) $($manifest.Version) at $(Split-Path $manifest.Path)"
}

function Invoke-TestTask {
    Push-Location $PSScriptRoot
    try { dotnet test --configuration $Configuration } finally { Pop-Location }

    if (-not (Get-Module -ListAvailable Pester | Where-Object Version -GE '5.0')) {
        Write-Warning 'The Pester suite was not run: Pester 5 is not installed (Install-PSResource Pester).'
        return
    }

    Import-Module Pester -MinimumVersion 5.0
    $settings = New-PesterConfiguration
    $settings.Run.Path = "$PSScriptRoot/tests/Pester"
    $settings.Run.Throw = $true
    $settings.Output.Verbosity = 'Detailed'
    Invoke-Pester -Configuration $settings
}

# The pages in docs/en-US and the file for Get-Help, from the module that was built last.
function Invoke-DocsTask {
    $manifest = Get-ChildItem "$PSScriptRoot/out/LangSmithPg/*/LangSmithPg.psd1" | Sort-Object LastWriteTime | Select-Object -Last 1
    if (-not $manifest) { throw 'There is no module to describe: ./build.ps1 -Task Build, Docs' }
    & "$PSScriptRoot/docs/Update-Help.ps1" $manifest
}

function Invoke-CleanTask {
    Get-ChildItem $PSScriptRoot -Recurse -Directory -Include bin, obj, TestResults | Remove-Item -Recurse -Force
    Remove-Item "$PSScriptRoot/out" -Recurse -Force -ErrorAction Ignore
}

foreach ($name in $Task) { & "Invoke-${name}Task" }
