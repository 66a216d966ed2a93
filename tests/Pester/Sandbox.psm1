# Real servers for the suite, on loopback ports of their own. They are those of tests/LangSmithPg.Sandbox, which the .NET tests use too.

$root = Resolve-Path "$PSScriptRoot/../.."
$version = (Import-PowerShellDataFile "$root/LangSmithPg.psd1").ModuleVersion
$module = "$root/out/LangSmithPg/$version"
$configuration = $env:LANGSMITHPG_CONFIGURATION ? $env:LANGSMITHPG_CONFIGURATION : 'Debug'
$sandbox = "$root/tests/LangSmithPg.Sandbox/bin/$configuration/net10.0/LangSmithPg.Sandbox.dll"
$noCancellation = [Threading.CancellationToken]::None

<#
.SYNOPSIS
Imports the module as it was built.
#>
function Import-BuiltModule {
    Import-Module "$module/LangSmithPg.psd1" -Global
}

<#
.SYNOPSIS
Tells whether servers can be started here; says why not, and fails under CI.
#>
function Test-Sandbox {
    if ([Environment]::Version.Major -lt 10) {
        $reason = "it needs PowerShell 7.6, and this is $($PSVersionTable.PSVersion)"
    } else {
        $null = [Reflection.Assembly]::LoadFrom($sandbox)
        try {
            $null = [LangSmithPg.Sandbox.Postgres.PostgresBinaries]::FindAsync(18, $true, $noCancellation).GetAwaiter().GetResult()
            return $true
        } catch [LangSmithPg.Sandbox.Postgres.PostgresNotAvailableException] {
            $reason = $_.Exception.GetBaseException().Message
        }
    }
    if ($env:CI -eq 'true') { throw "No servers: $reason" }
    Write-Warning "Tests that want servers are skipped: $reason"
    $false
}

<#
.SYNOPSIS
Starts a PostgreSQL with TLS that is not ready for LangSmith: a role langsmith_app that is no superuser, and an empty database langsmith.
.PARAMETER Sql
Statements of its administrator, beforehand.
.PARAMETER Password
The password of langsmith_app.
.PARAMETER ClientCertificate
Lets langsmith_app in with a client certificate beside the password, and writes the files that an admin has in hand to this folder.
.OUTPUTS
The server: HostName, Port, the credentials User (langsmith_app) and Admin, and CaCertificate, the file of the authority that signed its
certificate.
#>
function Start-SandboxPostgres {
    [Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '')]
    [Diagnostics.CodeAnalysis.SuppressMessage('PSAvoidUsingPlainTextForPassword', '')]
    [Diagnostics.CodeAnalysis.SuppressMessage('PSUseSingularNouns', '', Justification = 'The s of Postgres is not a plural''s.')]
    param(
        [string[]] $Sql = @(),
        [string] $Password = 'p@ss/w?rd#1',
        [int] $Major = 18,
        [string] $ClientCertificate
    )

    $null = [Reflection.Assembly]::LoadFrom($sandbox)
    $authority = [LangSmithPg.Sandbox.Tls.CertificateAuthority]::CreateRoot('Private Root')
    $certificate = $authority.IssueServer([string[]]('localhost', '127.0.0.1'), $null)
    $options = @{
        Major           = $Major
        IgnoreInstalled = $true
        Tls             = $certificate.ToServerTls()
        InitStatements  = [string[]](@("CREATE ROLE langsmith_app LOGIN PASSWORD '$Password'", 'CREATE DATABASE langsmith') + $Sql)
    }
    if ($ClientCertificate) {
        $client = $authority.IssueClient('langsmith_app', $null)
        Set-Content "$ClientCertificate/client.crt" $client.ChainPem
        Set-Content "$ClientCertificate/client.key" $client.KeyPem
        [IO.File]::WriteAllBytes("$ClientCertificate/client.pfx", $client.ToPfx('pfx-password'))
        $options.Tls = $certificate.ToServerTls($authority)
        $options.HbaLines = [string[]](
            'hostssl all langsmith_app 127.0.0.1/32 scram-sha-256 clientcert=verify-full',
            'hostssl all postgres 127.0.0.1/32 scram-sha-256')
    }
    $record = ConvertTo-Record ([LangSmithPg.Sandbox.Postgres.PostgresServerOptions]) $options
    $server = [LangSmithPg.Sandbox.Postgres.PostgresServer]::StartAsync($record, $noCancellation).GetAwaiter().GetResult()

    $caCertificate = Join-Path ([IO.Path]::GetTempPath()) "langsmithpg-pester-$(New-Guid).crt"
    Set-Content $caCertificate $authority.CertificatePem
    [pscustomobject]@{
        HostName      = 'localhost'
        Port          = $server.Port
        User          = [pscredential]::new('langsmith_app', [Net.NetworkCredential]::new('', $Password).SecurePassword)
        Admin         = [pscredential]::new($server.SuperUserName, [Net.NetworkCredential]::new('', $server.SuperUserPassword).SecurePassword)
        CaCertificate = $caCertificate
        Server        = $server
    }
}

<#
.SYNOPSIS
Stops servers and poolers, and removes all that they wrote.
#>
function Stop-Sandbox {
    [Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '')]
    param([Parameter(ValueFromPipeline)] $InputObject)
    process {
        if ($InputObject) {
            $null = $InputObject.Server.DisposeAsync().AsTask().GetAwaiter().GetResult()
            if ($InputObject.CaCertificate) { Remove-Item $InputObject.CaCertificate -ErrorAction Ignore }
        }
    }
}

<#
.SYNOPSIS
Runs SQL as the server's administrator, and gives the first column of its rows.
#>
function Invoke-SandboxSql {
    param([Parameter(Mandatory)] $Server, [Parameter(Mandatory)] [string] $Sql, [string] $Database = 'langsmith')

    $null = [Reflection.Assembly]::LoadFrom("$module/dependencies/Npgsql.dll")
    $login = [Npgsql.NpgsqlConnectionStringBuilder]::new()
    $login['Host'], $login['Port'], $login['Database'], $login['Pooling'] = '127.0.0.1', $Server.Port, $Database, $false
    $login['Username'], $login['Password'] = $Server.Server.SuperUserName, $Server.Server.SuperUserPassword
    $connection = [Npgsql.NpgsqlConnection]::new($login.ConnectionString)
    try {
        $connection.Open()
        $command = $connection.CreateCommand()
        $command.CommandText = $Sql
        $reader = $command.ExecuteReader()
        while ($reader.Read()) { $reader.GetValue(0) }
    } finally {
        $connection.Dispose()
    }
}

<#
.SYNOPSIS
Starts a pgbouncer before a server; nothing where there is no pgbouncer.
#>
function Start-SandboxPgBouncer {
    [Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '')]
    param([Parameter(Mandatory)] $Server, [string] $PoolMode = 'Transaction', [string[]] $IgnoreStartupParameters = @())

    $options = ConvertTo-Record ([LangSmithPg.Sandbox.PgBouncer.PgBouncerServerOptions]) @{
        UpstreamHost            = '127.0.0.1'
        UpstreamPort            = $Server.Port
        Users                   = [Collections.Generic.Dictionary[string, string]]::new()
        PoolMode                = [LangSmithPg.Sandbox.PgBouncer.PoolMode]$PoolMode
        IgnoreStartupParameters = $IgnoreStartupParameters
    }
    $options.Users['langsmith_app'] = $Server.User.GetNetworkCredential().Password
    try {
        $pooler = [LangSmithPg.Sandbox.PgBouncer.PgBouncerServer]::StartAsync($options, $noCancellation).GetAwaiter().GetResult()
        [pscustomobject]@{ HostName = '127.0.0.1'; Port = $pooler.Port; CaCertificate = $null; Server = $pooler }
    } catch [LangSmithPg.Sandbox.PgBouncer.PgBouncerNotAvailableException] {
        if ($env:CI -eq 'true') { throw }
        Write-Warning $_
    }
}

# A record's properties can be set when it is made alone: by reflection, where there is no C#.
function ConvertTo-Record([type] $Type, [hashtable] $Values) {
    $record = [Activator]::CreateInstance($Type)
    foreach ($name in $Values.Keys) { $Type.GetProperty($name).SetValue($record, $Values[$name]) }
    $record
}

Export-ModuleMember Import-BuiltModule, Test-Sandbox, Start-SandboxPostgres, Stop-Sandbox, Invoke-SandboxSql, Start-SandboxPgBouncer
