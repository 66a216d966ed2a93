<#
.SYNOPSIS
Tries the module as an admin has it: what every cmdlet that writes files writes, on whatever system this is.
.DESCRIPTION
Runs in any PowerShell from 7.4 on, on Windows, Linux and macOS, with nothing but the module. Prints a line for each check, and throws when
one failed.
.PARAMETER Module
The module's manifest, or its name where it is installed.
.PARAMETER Server
Connection strings of servers to check, in any form. Without one, no server is asked.
.PARAMETER CaCertificate
File with the authority of those servers.
.EXAMPLE
./tests/Smoke/Smoke.ps1 -Module LangSmithPg
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Module,

    [string[]] $Server = @(),

    [string] $CaCertificate
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

$script:failed = @()
function Assert([string] $What, [scriptblock] $Test) {
    try {
        $answer = & $Test
        $isTrue = @($answer).Count -gt 0 -and @($answer) -notcontains $false
        $note = ''
    }
    catch {
        $isTrue = $false
        $note = ": $_"
    }

    if (-not $isTrue) {
        $script:failed += $What
    }

    Write-Output "$($isTrue ? 'ok    ' : 'FAILED') $What$note"
}

function Read-Bytes([string] $Path) { [IO.File]::ReadAllText((Resolve-Path -LiteralPath $Path).ProviderPath) }

$folder = Join-Path ([IO.Path]::GetTempPath()) "langsmithpg-smoke-$([guid]::NewGuid().ToString('N'))"
$null = New-Item -ItemType Directory $folder
Push-Location -LiteralPath $folder
try {
    Write-Output "PowerShell $($PSVersionTable.PSVersion), .NET $([Environment]::Version), $([Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier)"

    Import-Module $Module
    Assert 'Import-Module exports every cmdlet' { @(Get-Command -Module LangSmithPg).Count -ge 27 }
    Assert 'Get-Help shows the synopsis of each cmdlet' { Get-Command -Module LangSmithPg | ForEach-Object { (Get-Help $_.Name).Synopsis -notlike "*$($_.Name)*" } }
    Assert 'Get-Help shows the about topic' { (Get-Help about_LangSmithPg | Out-String) -match 'LangSmithPg' }
    Assert 'Tab completes names of enums and chart versions' {
        [System.Management.Automation.CommandCompletion]::CompleteInput('New-LangSmithPgConnectionString -SslMode Ver', 44, $null).CompletionMatches.Count -ge 2
        [System.Management.Automation.CommandCompletion]::CompleteInput('Get-LangSmithComponent -ChartVersion ', 37, $null).CompletionMatches.Count -ge 9
    }

    $password = ConvertTo-SecureString 'p@ss:w/o?r#d% [100]' -AsPlainText -Force
    $connection = New-LangSmithPgConnectionString db.example.com langsmith -UserName app -Password $password
    Assert 'A connection string shows no password' { "$connection" -notmatch 'p@ss' -and ($connection | Out-String) -notmatch 'p@ss|p%40ss' }
    Assert 'A connection string is read in the form of the Azure portal' {
        ('Server=db.example.com;Database=langsmith;User Id=app;Password="p@ss";Ssl Mode=Require' | ConvertFrom-LangSmithPgConnectionString).HostName -eq 'db.example.com'
    }

    # What kubectl, Compose, psql and a pod read has line feeds, whatever system wrote it.
    $connection | New-LangSmithPgSecret -Namespace langsmith | Export-LangSmithYaml -Path secret.yaml
    Assert 'A Secret has line feeds alone' { (Read-Bytes secret.yaml) -match "\n" -and (Read-Bytes secret.yaml) -notmatch "\r" }
    $values = $connection | New-LangSmithHelmValues
    $values | Export-LangSmithHelmValues -Path values.yaml
    Assert 'New values have line feeds alone' { (Read-Bytes values.yaml) -match "\n" -and (Read-Bytes values.yaml) -notmatch "\r" }

    foreach ($end in "`n", "`r`n") {
        $name = $end -eq "`n" ? 'LF' : 'CRLF'
        $lines = '# Ours: C:\langsmith', 'config:', '  langsmithLicenseKey: "x"   # kept', '', 'postgres:', '  name: langsmith-postgres', ''
        [IO.File]::WriteAllText("$folder/$name.yaml", $lines -join $end)
        $values | Export-LangSmithHelmValues -Path "$name.yaml" -Backup
        Assert "An edit of a file of $name keeps its line ends" {
            $text = Read-Bytes "$name.yaml"
            $end -eq "`n" ? $text -notmatch "\r" : ($text -replace "\r\n", '') -notmatch "[\r\n]"
        }
        Assert "An edit of a file of $name keeps every other line" { $text = Read-Bytes "$name.yaml"; $lines | ForEach-Object { ($text -split $end) -ccontains $_ } }
        Assert "An edit of a file of $name says what the values say" { (Read-Bytes "$name.yaml") -match 'existingSecretName: ' }
        Assert "A copy of the old file of $name is the old file" { (Read-Bytes "$name.yaml.bak") -ceq ($lines -join $end) }
        Set-LangSmithIamAnnotations -Path "$name.yaml" -ClientId 0e4f8ecf-5d1c-4a53-9a2f-7c6f0f1d2b3a -ChartVersion 0.16.11
        Assert "Annotations come into a file of $name" { (Read-Bytes "$name.yaml") -match 'azure.workload.identity/client-id: "?0e4f8ecf' }
        $lint = Test-LangSmithHelmValues "$name.yaml" -ChartVersion 0.16.11
        Assert "The lint reads a file of $name" { $null -ne $lint.Findings }

        [IO.File]::WriteAllText("$folder/$name.env", "A=1${end}POSTGRES_DATABASE_URI=`"old`"${end}B=2${end}")
        $connection | Set-LangSmithEnvFile -Path "$name.env"
        Assert "A .env file of $name keeps its line ends and its other lines" {
            $text = Read-Bytes "$name.env"
            ($text -split $end)[0] -ceq 'A=1' -and ($text -split $end)[2] -ceq 'B=2' -and $text -match 'POSTGRES_DATABASE_URI="(postgres.*://)?app:'
        }
    }

    [IO.File]::WriteAllText("$folder/fix.yaml", "postgres:`r`n  external:`r`n    existingSecretName: s   # kept`r`n")
    $null = Test-LangSmithHelmValues fix.yaml -ChartVersion 0.16.11 -Fix -Confirm:$false
    Assert 'The lint mends a file of CRLF and keeps its line ends' {
        $text = Read-Bytes fix.yaml
        $text -match 'enabled: true' -and $text -match 'existingSecretName: s   # kept' -and ($text -replace "\r\n", '') -notmatch "[\r\n]"
    }

    New-LangSmithPgPreflightJob -Path values.yaml -ChartVersion 0.16.11 -Namespace langsmith | Export-LangSmithYaml -Path preflight.yaml
    Assert 'A preflight job has line feeds alone' { (Read-Bytes preflight.yaml) -notmatch "\r" }
    Write-Output "       preflight.yaml $((Get-FileHash preflight.yaml).Hash)"
    Write-Output "       values.yaml    $((Get-FileHash values.yaml).Hash)"

    if ($IsWindows) {
        Assert 'A file with a secret is for owner, system and administrators alone' {
            $mine = [Security.Principal.WindowsIdentity]::GetCurrent().User.Value, 'S-1-5-18', 'S-1-5-32-544'
            $access = [IO.FileSystemAclExtensions]::GetAccessControl([IO.FileInfo]::new("$folder/secret.yaml"))
            $access.GetAccessRules($true, $true, [Security.Principal.SecurityIdentifier]) | ForEach-Object { $_.IdentityReference.Value -in $mine }
        }
    }
    else {
        Assert 'A file with a secret is for its owner alone' { [IO.File]::GetUnixFileMode("$folder/secret.yaml") -eq 'UserRead, UserWrite' }
    }

    $deep = Join-Path $folder (@('a folder with quite a long name') * 9 -join [IO.Path]::DirectorySeparatorChar)
    $null = [IO.Directory]::CreateDirectory($deep)
    foreach ($path in "$deep/values.yaml", "./below/../values [1] ü.yaml", $(if ($IsWindows) { "\\?\$folder\unc.yaml" })) {
        if ($path) {
            $null = [IO.Directory]::CreateDirectory("$folder/below")
            $values | Export-LangSmithHelmValues -Path $path
            $values | Export-LangSmithHelmValues -Path $path
            Assert "A file is written and edited in $($path.Length -gt 60 ? "a path of $($path.Length) characters" : $path)" { (Test-LangSmithHelmValues $path -ChartVersion 0.16.11).Findings.Count -ge 0 }
        }
    }

    $unreachable = 'postgresql://u:s3cretword@127.0.0.1:1/d' | Test-LangSmithPgReadiness
    Assert 'An unreachable server is a failed finding' { -not $unreachable.IsReady }
    foreach ($format in 'html', 'md', 'json', 'xml') {
        $unreachable | Export-LangSmithPgReport -Path "report.$format"
        Assert "A report as $format has line feeds alone, and no password" { (Read-Bytes "report.$format") -notmatch "\r|s3cretword" }
    }

    foreach ($text in $Server) {
        $live = $text | ConvertFrom-LangSmithPgConnectionString
        $trust = @{}
        if ($CaCertificate -and $text -notmatch 'sslmode=disable') { $trust.CaCertificate = $CaCertificate }
        Assert "$($live.Target), sslmode $($live.SslMode): connects" { ($live | Test-LangSmithPgConnection @trust).Authenticated }
        $report = $live | Test-LangSmithPgReadiness -Rehearse @trust
        Assert "$($live.Target), sslmode $($live.SslMode): every question of a rehearsal is answered" { $report.Findings.Count -gt 30 }
        "       $($report.Findings | Group-Object Status -NoElement | ForEach-Object { "$($_.Count) $($_.Name)" })"
    }
}
finally {
    Pop-Location
    Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore
}

if ($script:failed) {
    throw "$($script:failed.Count) checks failed: $($script:failed -join '; ')"
}

Write-Output 'All checks passed.'
