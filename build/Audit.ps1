# Looks every package up, down to the last, among the vulnerabilities that nuget.org knows. What is found, or cannot be looked up, fails the task.
param([string] $Source = 'https://api.nuget.org/v3/index.json')

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true

# dotnet finds nothing, too, where there is nothing to look in.
if (-not (Invoke-RestMethod $Source).resources.Where({ $_.'@type' -like 'VulnerabilityInfo/*' })) {
    throw "$Source has no data of vulnerabilities."
}

Push-Location (Split-Path $PSScriptRoot)
try {
    dotnet restore
    $json = dotnet list package --vulnerable --include-transitive --source $Source --format json
}
finally { Pop-Location }

# As a hash table, where what is not there is null.
$report = $json | ConvertFrom-Json -AsHashtable
if ($report['problems'] -or -not $report['projects']) { throw "The packages could not be looked up: $($report['problems'].text)" }

$found = foreach ($project in $report['projects']) {
    foreach ($framework in $project['frameworks']) {
        foreach ($package in @($framework['topLevelPackages']) + @($framework['transitivePackages']) -ne $null) {
            foreach ($vulnerability in $package['vulnerabilities']) {
                [pscustomobject]@{
                    Project  = Split-Path -LeafBase $project['path']
                    Package  = "$($package['id']) $($package['resolvedVersion'])"
                    Severity = $vulnerability['severity']
                    Advisory = $vulnerability['advisoryurl']
                }
            }
        }
    }
}
$found | Format-Table -AutoSize -Wrap
if ($found) { throw "$(@($found).Count) packages have known vulnerabilities." }
"No package of $($report['projects'].Count) projects has a known vulnerability."
