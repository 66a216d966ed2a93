<#
.SYNOPSIS
Tests inside the cluster whether LangSmith's database is ready, and writes the result to the log.
.DESCRIPTION
The environment is the one that LangSmith's chart sets for its pods: POSTGRES_DATABASE_URI, POSTGRES_SCHEMA, POSTGRES_IAM_AUTH_PROVIDER,
POSTGRES_TLS_CLIENT_CERT_PATH, POSTGRES_TLS_CLIENT_KEY_PATH, SSL_CERT_FILE. No secret is written.
Exit code: 0 ready, 1 not ready, 2 could not be tested. Receive-LangSmithPgPreflight reads the log.
#>
param(
    # The Secret that POSTGRES_DATABASE_URI comes from, for messages.
    [string] $SecretName,
    [string] $SecretKey,

    # The source of the module: parts of an archive beside this script, a folder with the module or its package, or a repository; otherwise the image.
    [string] $ModuleVersion,
    [string] $ModuleHash,
    [string] $ModuleFolder,
    [string] $Repository,

    [double] $TimeoutSeconds = 15,
    [switch] $Rehearse
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$PSStyle.OutputRendering = 'PlainText'

# One document in pieces that are short enough for log collectors, and in ASCII, which is not affected by console encodings.
function Write-Result([string] $Json) {
    $ascii = [regex]::Replace($Json, '[^ -~]', { '\u{0:x4}' -f [int][char] $args[0].Value })
    $pieces = [regex]::Matches($ascii, '.{0,2999}[^ ]')
    $run = [guid]::NewGuid().ToString('n').Substring(0, 8)
    for ($number = 1; $number -le $pieces.Count; $number++) {
        [Console]::Out.WriteLine("LangSmithPg.Preflight/1 $run $number/$($pieces.Count) $($pieces[$number - 1].Value)")
    }
}

# A problem that prevents the test, in the same format as a result.
function Write-Problem([string] $Id, [string] $Message, [string] $Fix) {
    [Console]::Out.WriteLine("$Message`n$Fix`n")
    $counts = [ordered]@{ fail = 1; warning = 0; unknown = 0; pass = 0; notApplicable = 0 }
    $finding = [ordered]@{
        id = "Preflight.$Id"; status = 'Fail'; message = $Message; evidence = $null
        why = 'The pod has the same service account, environment and mounts as LangSmith''s pods: what is missing here is also missing there.'
        fix = $Fix ? $Fix : $null; source = $null
    }
    $database = [ordered]@{
        target = "Secret $SecretName, key $SecretKey"; isReady = $false; status = 'Fail'; userName = $null; schema = $env:POSTGRES_SCHEMA
        serverVersion = $null; provider = $null; elapsedMilliseconds = 0; counts = $counts; findings = @($finding)
    }
    Write-Result ([ordered]@{
        schemaVersion = '1.0'; title = 'LangSmith preflight'; generatedAt = [DateTime]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ssZ')
        generator = [ordered]@{ name = 'LangSmithPg'; version = $ModuleVersion }
        summary = [ordered]@{ databases = 1; ready = 0; notReady = 1; findings = $counts }
        databases = @($database)
    } | ConvertTo-Json -Depth 5 -Compress)
}

function Expand-Package([string] $Path) {
    $folder = Join-Path ([IO.Path]::GetTempPath()) "preflight-$PID" LangSmithPg
    [IO.Compression.ZipFile]::ExtractToDirectory($Path, $folder)
    Join-Path $folder LangSmithPg.psd1
}

function Join-Archive($Parts) {
    $path = Join-Path ([IO.Path]::GetTempPath()) "preflight-$PID.zip"
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
        $folder = New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "preflight-$PID")
        Register-PSResourceRepository -Name preflight -Uri $Repository -Trusted -Force
        Save-PSResource LangSmithPg -Version $ModuleVersion -Repository preflight -Path $folder -TrustRepository
        return (Get-ChildItem $folder -Recurse -Filter LangSmithPg.psd1 | Select-Object -First 1).FullName
    }
    'LangSmithPg'
}

# A file of a Secret that does not exist or that this user cannot read; nothing if there is no problem.
function Get-MountProblem([string] $Path, [string] $Values, [string] $Cmdlet) {
    if (-not (Test-Path $Path -PathType Leaf)) {
        return @{
            Id = 'FileMissing'
            Message = "$Path does not exist: the Secret that the values specify at $Values is missing, or does not have this key."
            Fix = "Create the Secret with $Cmdlet, and apply it in the namespace of LangSmith."
        }
    }
    try { [IO.File]::OpenRead($Path).Dispose() }
    catch [UnauthorizedAccessException] {
        return @{
            Id = 'FileUnreadable'
            Message = "$Path exists, but the user of this pod does not have permission to read it."
            Fix = 'Add a group that has permission to the pods with Set-LangSmithPodSecurityContext, and create the job again from these values.'
        }
    }
}

try {
    $import = $true
    Import-Module (Find-Module) -MinimumVersion $ModuleVersion
    $import = $false

    if (-not $env:POSTGRES_DATABASE_URI) {
        Write-Problem SecretMissing "There is no connection: the Secret $SecretName is missing in this namespace, or has no key $SecretKey." (
            'Create it with New-LangSmithPgSecret, and apply it in the namespace of LangSmith.')
        exit 2
    }

    $test = @{ TimeoutSeconds = $TimeoutSeconds; Rehearse = $Rehearse }
    $problem = $null
    if ($env:SSL_CERT_FILE) {
        $problem = Get-MountProblem $env:SSL_CERT_FILE config.customCa New-LangSmithCaSecret
        $test.CaCertificate = $env:SSL_CERT_FILE
    }
    if ($env:POSTGRES_TLS_CLIENT_CERT_PATH -and -not $problem) {
        $problem = $env:POSTGRES_TLS_CLIENT_CERT_PATH, $env:POSTGRES_TLS_CLIENT_KEY_PATH |
            ForEach-Object { Get-MountProblem $_ postgres.external.clientCert New-LangSmithMtlsSecret } | Select-Object -First 1
        $test.ClientCertificate = $env:POSTGRES_TLS_CLIENT_CERT_PATH
        $test.ClientKeyPath = $env:POSTGRES_TLS_CLIENT_KEY_PATH
    }
    if ($problem) {
        Write-Problem @problem
        exit 2
    }

    $read = @{}
    if ($env:POSTGRES_SCHEMA) { $read.Schema = $env:POSTGRES_SCHEMA }
    if ($env:POSTGRES_IAM_AUTH_PROVIDER) { $read.IamAuthProvider = $env:POSTGRES_IAM_AUTH_PROVIDER }
    $report = $env:POSTGRES_DATABASE_URI | ConvertFrom-LangSmithPgConnectionString @read | Test-LangSmithPgReadiness @test

    [Console]::Out.WriteLine(($report | Out-String -Width 120).Trim() + "`n")
    $file = Join-Path ([IO.Path]::GetTempPath()) "preflight-$PID.json"
    $report | Export-LangSmithPgReport $file -Title 'LangSmith preflight' -Force
    # No JSON string spans lines, so the lines of the file can be joined.
    Write-Result ((Get-Content $file).Trim() -join '')
    exit ($report.IsReady ? 0 : 1)
}
catch {
    $id = $import ? 'ModuleNotLoaded' : ($_.FullyQualifiedErrorId -split ',')[0]
    $fix = $_.ErrorDetails ? $_.ErrorDetails.RecommendedAction : $null
    Write-Problem $id "$_" ($import -and -not $fix ? 'For the ways to provide the module to the pod, see docs/preflight.md.' : $fix)
    exit 2
}
