#Requires -Version 7.4

<#
.SYNOPSIS
Builds, tests and packs the module.
.DESCRIPTION
Needs the .NET 10 SDK alone: `dotnet build` stages an importable module under out/, `dotnet test` runs the tests.
This script adds what needs PowerShell itself. Where none is installed, `dotnet tool restore` brings it: `dotnet pwsh ./build.ps1`.

Each task is a script in the folder build:

Build        builds everything, and checks the module that is staged under out/LangSmithPg
Test         runs the tests of .NET, then those of Pester
Pester       runs the Pester suite against the module as it was built
Windows      runs the tests that start no servers on Windows, or by Wine 10
Audit        looks the packages up among the vulnerabilities that their sources know
Analyze      holds all scripts against PSScriptAnalyzer, where it is installed
Package      makes out/package/LangSmithPg.<version>.nupkg, for Publish-PSResource -NupkgPath
Docs         brings docs/en-US and what Get-Help reads up to date with the cmdlets; needs Microsoft.PowerShell.PlatyPS
Authorities  brings the public authorities that the module carries up to date with Mozilla's list
Bench        measures, side by side with other tools
Coverage     measures which lines of src the tests of .NET and Pester execute, by folder
Clean        removes what the other tasks made
.PARAMETER Task
What to do, in this order. The first that fails ends it.
.PARAMETER Configuration
Debug or Release, for Build, Test and Pester. Package and Bench take Release in any case.
.EXAMPLE
./build.ps1 -Task Build, Test
.EXAMPLE
./build.ps1 -Task Clean, Package
#>
[CmdletBinding(PositionalBinding = $false)]
param(
    [Parameter(Position = 0)]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug',

    # Another shell gives "-Task Build, Test" piece by piece, commas and all.
    [Parameter(ValueFromRemainingArguments, DontShow)]
    [string[]] $Rest = @()
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true

$names = ($Task + $Rest).Split(',', [StringSplitOptions]'RemoveEmptyEntries, TrimEntries')
foreach ($unknown in $names.Where({ -not (Test-Path "$PSScriptRoot/build/$_.ps1") })) {
    throw "There is no task ${unknown}: it is one of $((Get-ChildItem "$PSScriptRoot/build/*.ps1").BaseName -join ', ')."
}

foreach ($name in $names) {
    $script = "$PSScriptRoot/build/$name.ps1"
    $parameters = (Get-Command $script).Parameters.ContainsKey('Configuration') ? @{ Configuration = $Configuration } : @{}
    & $script @parameters
}
