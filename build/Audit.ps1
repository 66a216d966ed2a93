# Looks every package up, down to the last, among the vulnerabilities that the package sources know. What is found, or cannot be looked up,
# fails the task.

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true

Push-Location (Split-Path $PSScriptRoot)
try {
    # dotnet finds nothing, too, where there is nothing to look in. "E" marks what is enabled.
    $sources = @(dotnet nuget list source --format short) -match '^E\S* http' -replace '^\S+ '
    if (-not $sources.Where({ (Invoke-RestMethod $_).resources.'@type' -like 'VulnerabilityInfo/*' })) {
        throw "No package source has data of vulnerabilities: $($sources -join ', ')."
    }

    dotnet restore
    $json = dotnet list package --vulnerable --include-transitive --format json
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
