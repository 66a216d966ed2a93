<#
.SYNOPSIS
Tests inside the cluster whether a database of LangSmith is ready, and writes the result to the log.
.DESCRIPTION
The environment is the one that LangSmith's chart sets for the pods that use the database. LangSmith's own: POSTGRES_DATABASE_URI, POSTGRES_SCHEMA,
POSTGRES_IAM_AUTH_PROVIDER, POSTGRES_TLS_CLIENT_CERT_PATH, POSTGRES_TLS_CLIENT_KEY_PATH, SSL_CERT_FILE. Of Fleet, Insights and Polly: POSTGRES_URI,
AGENT_POSTGRES_IAM_AUTH_PROVIDER, SSL_CERT_FILE. Of SmithDB: SMITHDB_INGESTION__METASTORE__*, SMITHDB_MIGRATION__TASKDB__*. No secret is written.
Exit code: 0 ready, 1 not ready, 2 could not be tested. Receive-LangSmithPgPreflight reads the log.
#>
param(
    # What the database is for, and all that are tested with it, separated by commas.
    [string] $Purpose = 'LangSmith',
    [string] $Databases,

    # The Secret that the connection comes from, for messages, its keys, and the variables that they come in: several for a connection in parts.
    [string] $SecretName,
    [string] $SecretKey,
    [string] $Variable = 'POSTGRES_DATABASE_URI',

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

$run = [guid]::NewGuid().ToString('n').Substring(0, 8)

# What else is tested: a result that is missing is missed by whoever reads the log.
function Write-Announcement {
    if ($Databases) { [Console]::Out.WriteLine("LangSmithPg.Preflight/1 $run $Purpose of $Databases") }
}

# One document in pieces that are short enough for log collectors, and in ASCII, which is not affected by console encodings.
function Write-Result([string] $Json) {
    $ascii = [regex]::Replace($Json, '[^ -~]', { '\u{0:x4}' -f [int][char] $args[0].Value })
    $pieces = [regex]::Matches($ascii, '.{0,2999}[^ ]')
    for ($number = 1; $number -le $pieces.Count; $number++) {
        [Console]::Out.WriteLine("LangSmithPg.Preflight/1 $run $number/$($pieces.Count) $($pieces[$number - 1].Value)")
    }
    # Again: a log may have lost its beginning.
    Write-Announcement
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
        target = "Secret $SecretName, key$($SecretKey.Contains(',') ? 's' : '') $($SecretKey -replace ',', ', ')"; isReady = $false; status = 'Fail'
        userName = $null; schema = $Purpose -eq 'LangSmith' ? $env:POSTGRES_SCHEMA : $null; purpose = $Purpose
        serverVersion = $null; provider = $null; elapsedMilliseconds = 0; counts = $counts; findings = @($finding)
    }
    Write-Result ([ordered]@{
        schemaVersion = '1.3'; title = 'LangSmith preflight'; generatedAt = [DateTime]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ssZ')
        generator = [ordered]@{ name = 'LangSmithPg'; version = $ModuleVersion }
        summary = [ordered]@{ databases = 1; ready = 0; notReady = 1; findings = $counts }
        databases = @($database)
    } | ConvertTo-Json -Depth 5 -Compress)
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

# The keys that the Secret does not have, as far as the environment shows.
function Get-MissingKey {
    [string[]] $keys = $SecretKey -split ','
    [string[]] $names = $Variable -split ','
    for ($index = 0; $index -lt $keys.Count; $index++) {
        if (-not [Environment]::GetEnvironmentVariable($names[$index])) { $keys[$index] }
    }
}

# The connection, as the pods of the database read it.
function Read-Connection {
    if ($Purpose -like 'SmithDb*') {
        $parts = @{ SslMode = 'Disable' }
        $prefix = $Purpose -eq 'SmithDbMetastore' ? 'SMITHDB_INGESTION__METASTORE__' : 'SMITHDB_MIGRATION__TASKDB__'
        foreach ($part in @{ HOST = 'HostName'; PORT = 'Port'; DATABASE = 'Database'; USERNAME = 'UserName'; PASSWORD = 'Password'; IAM_AUTH_PROVIDER = 'IamAuthProvider' }.GetEnumerator()) {
            $value = [Environment]::GetEnvironmentVariable("$prefix$($part.Key)")
            if ($value) { $parts[$part.Value] = $value }
        }
        # A token takes its place.
        if ($parts.ContainsKey('IamAuthProvider')) { $parts.Remove('Password') }
        if ([Environment]::GetEnvironmentVariable("$($prefix)USE_SSL") -eq 'true') { $parts.SslMode = 'Require' }
        return New-LangSmithPgConnectionString @parts -Purpose $Purpose
    }

    $read = @{}
    if ($Purpose -eq 'LangSmith') {
        if ($env:POSTGRES_SCHEMA) { $read.Schema = $env:POSTGRES_SCHEMA }
        if ($env:POSTGRES_IAM_AUTH_PROVIDER) { $read.IamAuthProvider = $env:POSTGRES_IAM_AUTH_PROVIDER }
        return $env:POSTGRES_DATABASE_URI | ConvertFrom-LangSmithPgConnectionString @read
    }

    if ($env:AGENT_POSTGRES_IAM_AUTH_PROVIDER) { $read.IamAuthProvider = $env:AGENT_POSTGRES_IAM_AUTH_PROVIDER }
    $env:POSTGRES_URI | ConvertFrom-LangSmithPgConnectionString @read
}

try {
    $import = $true
    Write-Announcement
    . (Join-Path $PSScriptRoot module.ps1)
    Import-Module (Find-Module) -MinimumVersion $ModuleVersion
    $import = $false

    $keys = @(Get-MissingKey)
    $for = $Purpose -eq 'LangSmith' ? '' : " -Purpose $Purpose"
    if ($keys) {
        Write-Problem SecretMissing "There is no connection: the Secret $SecretName is missing in this namespace, or has no key $($keys -join ', ')." (
            "Create it with New-LangSmithPgSecret$for, and apply it in the namespace of LangSmith.")
        exit 2
    }
    if ($Variable -eq 'POSTGRES_URI' -and $env:POSTGRES_URI -notmatch '^postgres(ql)?://') {
        Write-Problem SchemeMissing "The connection in Secret $SecretName, key $SecretKey, does not begin with postgresql:// or postgres://: the pods use it unchanged." (
            "Create the Secret with New-LangSmithPgSecret$for, which writes the scheme.")
        exit 1
    }

    $test = @{ TimeoutSeconds = $TimeoutSeconds; Rehearse = $Rehearse; Purpose = $Purpose }
    $problem = $null
    if ($env:SSL_CERT_FILE) {
        $problem = Get-MountProblem $env:SSL_CERT_FILE config.customCa New-LangSmithCaSecret
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

    $connection = Read-Connection
    # Of the other databases' pods, only a URL that asks for the authorities of the system makes them use these.
    if ($env:SSL_CERT_FILE -and ($Purpose -eq 'LangSmith' -or ($connection.SslMode -eq 'VerifyFull' -and $connection.UsesSystemRootCertificate))) {
        $test.CaCertificate = $env:SSL_CERT_FILE
    }
    $report = $connection | Test-LangSmithPgReadiness @test

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
