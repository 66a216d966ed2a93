# Looks every package up, down to the last, among the known vulnerabilities of nuget.org. What is found, or cannot be looked up, fails the task.
param([string] $Source = 'https://api.nuget.org/v3/index.json')

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true

# dotnet finds nothing, too, where there is nothing to look in.
if (-not (Invoke-RestMethod $Source).resources.Where({ $_.'@type' -like 'VulnerabilityInfo/*' })) { throw "$Source has no data of vulnerabilities." }

Push-Location (Split-Path $PSScriptRoot)
try {
    dotnet restore
    $report = dotnet list package --vulnerable --include-transitive --source $Source --format json | ConvertFrom-Json -Depth 100
}
finally { Pop-Location }

if ($report.PSObject.Properties['problems'] -or -not $report.projects) { throw "The packages could not be looked up: $($report.PSObject.Properties['problems']?.Value.text)" }

$found = foreach ($project in $report.projects) {
    foreach ($framework in $project.PSObject.Properties['frameworks']?.Value) {
        foreach ($package in @($framework.PSObject.Properties['topLevelPackages']?.Value) + @($framework.PSObject.Properties['transitivePackages']?.Value) -ne $null) {
            foreach ($vulnerability in $package.vulnerabilities) {
                [pscustomobject]@{ Project = Split-Path -LeafBase $project.path; Package = $package.id; Version = $package.resolvedVersion; Severity = $vulnerability.severity; Advisory = $vulnerability.advisoryurl }
            }
        }
    }
}
$found | Format-Table -AutoSize -Wrap
if ($found) { throw "$(@($found).Count) packages have known vulnerabilities." }
"No package of $(@($report.projects).Count) projects has a known vulnerability."
