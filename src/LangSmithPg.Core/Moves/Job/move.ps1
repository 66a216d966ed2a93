<#
.SYNOPSIS
Checks inside the cluster whether a database of LangSmith can be moved, or compares it with its copy, and writes the result to the log.
.DESCRIPTION
The source comes in the variables SOURCE_HOST, SOURCE_PORT, SOURCE_USER, SOURCE_PASSWORD and SOURCE_DATABASE, and the target in TARGET_URL;
SSL_CERT_FILE, TARGET_SSLCERT and TARGET_SSLKEY are its certificates. WORK is the folder of the copy. No secret is written.
Exit code: 0 can be moved or is the same, 1 cannot or is not, 2 could not be found out. Receive-LangSmithPgMove reads the log.
#>
param(
    [ValidateSet('Check', 'Compare')] [string] $Step = 'Check',
    [string] $Purpose = 'LangSmith',

    # The source of the module: parts of an archive beside this script, a folder with the module or its package, or a repository; otherwise the image.
    [string] $ModuleVersion,
    [string] $ModuleHash,
    [string] $ModuleFolder,
    [string] $Repository,

    [double] $TimeoutSeconds = 15,
    [int] $Jobs = 4,

    # Other sessions may use the source.
    [switch] $Force
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$PSStyle.OutputRendering = 'PlainText'

$run = [guid]::NewGuid().ToString('n').Substring(0, 8)
$began = [DateTime]::UtcNow

function ConvertTo-Ascii([string] $Text) {
    [regex]::Replace($Text, '[^ -~]', { '\u{0:x4}' -f [int][char] $args[0].Value })
}

# As move.sh writes its phases.
function Write-Phase([string] $Status, [string] $Message) {
    $phase = [ordered]@{ purpose = $Purpose; phase = $Step.ToLowerInvariant(); status = $Status; started = $began.ToString('yyyy-MM-ddTHH:mm:ssZ') }
    if ($Status -ne 'Started') {
        $now = [DateTime]::UtcNow
        $phase.ended = $now.ToString('yyyy-MM-ddTHH:mm:ssZ')
        $phase.seconds = [int] ($now - $began).TotalSeconds
    }
    if ($Message) { $phase.message = $Message }
    [Console]::Out.WriteLine("LangSmithPg.Move/1 $run $(ConvertTo-Ascii ($phase | ConvertTo-Json -Compress))")
}

# One document in pieces that are short enough for log collectors, and in ASCII, which is not affected by console encodings.
function Write-Report($Report) {
    [Console]::Out.WriteLine(($Report | Out-String -Width 120).Trim() + "`n")
    $file = Join-Path ([IO.Path]::GetTempPath()) "langsmithpg-$PID.json"
    $Report | Export-LangSmithPgReport $file -Title "LangSmith move: $($Step.ToLowerInvariant())" -Force
    # No JSON string spans lines, so the lines of the file can be joined.
    $pieces = [regex]::Matches((ConvertTo-Ascii ((Get-Content $file).Trim() -join '')), '.{0,2999}[^ ]')
    for ($number = 1; $number -le $pieces.Count; $number++) {
        [Console]::Out.WriteLine("LangSmithPg.Move/1 $run $Purpose $Step $number/$($pieces.Count) $($pieces[$number - 1].Value)")
    }
}

# What is accepted does not stand in the way: what an earlier run has left in the target, the copy takes care of.
function New-AcceptedFinding {
    $accepted = @(
        if ((Test-Path "$env:WORK/restoring") -or (Test-Path "$env:WORK/copied")) { @{ id = 'Move.TargetEmpty'; reason = 'An earlier run has left it, and the copy continues.'; until = 'never' } }
        if ($Force) { @{ id = 'Move.Writers'; reason = 'The job allows other sessions to use the source.'; until = 'never' } }
    )
    if ($accepted) {
        $file = Join-Path ([IO.Path]::GetTempPath()) "langsmithpg-accepted-$PID.json"
        ConvertTo-Json $accepted | Set-Content $file
        $file
    }
}

try {
    Write-Phase Started
    $missing = @('SOURCE_USER', 'SOURCE_PASSWORD', 'SOURCE_DATABASE', 'TARGET_URL' | Where-Object { -not [Environment]::GetEnvironmentVariable($_) })
    if ($missing) {
        Write-Phase Failed "A Secret is missing in this namespace, or has no such key: $($missing -join ', ') $($missing.Count -eq 1 ? 'is' : 'are') not set."
        exit 2
    }

    . (Join-Path $PSScriptRoot module.ps1)
    Import-Module (Find-Module) -MinimumVersion $ModuleVersion
    # The PostgreSQL of the chart has no TLS.
    $source = New-LangSmithPgConnectionString -HostName $env:SOURCE_HOST -Port $env:SOURCE_PORT -Database $env:SOURCE_DATABASE -UserName $env:SOURCE_USER -Password (
        ConvertTo-SecureString $env:SOURCE_PASSWORD -AsPlainText -Force) -SslMode Disable -Purpose $Purpose
    $target = $env:TARGET_URL | ConvertFrom-LangSmithPgConnectionString -Purpose $Purpose
    $use = @{ TimeoutSeconds = $TimeoutSeconds }
    if ($env:SSL_CERT_FILE -and $target.SslMode -in 'VerifyCA', 'VerifyFull') { $use.CaCertificate = $env:SSL_CERT_FILE }
    if ($env:TARGET_SSLCERT) {
        $use.ClientCertificate = $env:TARGET_SSLCERT
        $use.ClientKeyPath = $env:TARGET_SSLKEY
    }

    if ($Step -eq 'Check') {
        # The image of the copy may have no CA certificates.
        $authorities = '/etc/ssl/certs/ca-certificates.crt'
        if (-not $env:SSL_CERT_FILE -and (Test-Path $authorities)) {
            $null = New-Item -ItemType Directory $env:WORK -Force
            Copy-Item $authorities "$env:WORK/authorities.pem" -Force
        }

        $accepted = @(New-AcceptedFinding)
        if ($accepted) { $use.AcceptedFinding = $accepted }
        $report = Test-LangSmithPgMove -From $source -To $target -Purpose $Purpose @use
        if (-not $report) { throw 'The databases could not be checked.' }
        Write-Report $report
        if (-not $report.IsReady) {
            Write-Phase Failed "The database cannot be moved: $($report.FirstProblem)"
            exit 1
        }
    }
    else {
        $report = Compare-LangSmithPgDatabase -Reference $source -Difference $target -ThrottleLimit $Jobs @use
        if (-not $report) { throw 'The databases could not be compared.' }
        Write-Report $report
        if (-not $report.IsEqual) {
            Write-Phase Failed 'The target is not the same as the source.'
            exit 1
        }
    }
    Write-Phase Succeeded
    exit 0
}
catch {
    $fix = $_.ErrorDetails ? " $($_.ErrorDetails.RecommendedAction)" : ''
    Write-Phase Failed "$_$fix"
    exit 2
}
