<#
.SYNOPSIS
Finds the module LangSmithPg in a pod, for the script that runs this one in its own scope.
.DESCRIPTION
The script has the variables ModuleVersion, ModuleHash, ModuleFolder and Repository, of which at most one of the last three is set.
#>

function Expand-Package([string] $Path) {
    $folder = Join-Path ([IO.Path]::GetTempPath()) "langsmithpg-$PID" LangSmithPg
    [IO.Compression.ZipFile]::ExtractToDirectory($Path, $folder)
    Join-Path $folder LangSmithPg.psd1
}

function Join-Archive($Parts) {
    $path = Join-Path ([IO.Path]::GetTempPath()) "langsmithpg-$PID.zip"
    $archive = [IO.File]::Create($path)
    try {
        foreach ($part in $Parts) { $archive.Write([IO.File]::ReadAllBytes($part.FullName)) }
    }
    finally { $archive.Dispose() }
    if ((Get-FileHash $path).Hash -ne $ModuleHash) {
        throw 'The ConfigMaps contain parts of a different module than the job requires. Apply the whole manifest again.'
    }
    $path
}

function Find-Module {
    if ($ModuleHash) {
        return Expand-Package (Join-Archive (Get-ChildItem $PSScriptRoot -Filter 'module.zip.*' | Sort-Object Name))
    }
    if ($ModuleFolder) {
        $found = Get-ChildItem $ModuleFolder -Recurse -Include LangSmithPg.psd1, 'LangSmithPg.*.nupkg' | Sort-Object Extension -Descending | Select-Object -First 1
        if (-not $found) { throw "The volume contains neither the folder of the module LangSmithPg nor its package (.nupkg)." }
        return $found.Extension -eq '.psd1' ? $found.FullName : (Expand-Package $found.FullName)
    }
    if ($Repository) {
        $folder = New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "langsmithpg-$PID")
        Register-PSResourceRepository -Name langsmithpg -Uri $Repository -Trusted -Force
        Save-PSResource LangSmithPg -Version $ModuleVersion -Repository langsmithpg -Path $folder -TrustRepository
        return (Get-ChildItem $folder -Recurse -Filter LangSmithPg.psd1 | Select-Object -First 1).FullName
    }
    'LangSmithPg'
}
