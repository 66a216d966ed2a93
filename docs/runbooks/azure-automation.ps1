#Requires -Version 7.4
<#
.SYNOPSIS
Tests every LangSmith database of a list from Azure Automation, and keeps the report in a storage account.
.DESCRIPTION
Runs under the system-assigned managed identity of the Automation account. Each row of the list logs in in one of three ways:
with a token of that identity (column iamAuthProvider says Azure), with a password from Key Vault (column secret names it), or
with the credential asset of the Automation account. Nothing is asked. The job fails when a database is not ready.
.EXAMPLE
./azure-automation.ps1 -StorageAccountName langsmithreports -VaultName langsmith-vault
#>
[CmdletBinding()]
param(
    # Holds the list, and gets the report. The identity needs the role Storage Blob Data Contributor.
    [Parameter(Mandatory)]
    [string] $StorageAccountName,

    [string] $ContainerName = 'langsmith',

    # Columns: host, port, database, user, sslmode, schema, iamAuthProvider, secret. The first, third and fourth have to be filled.
    [string] $FleetBlob = 'fleet.csv',

    # For rows that name a secret. The identity needs the role Key Vault Secrets User.
    [string] $VaultName,

    # For all other rows: a credential asset of the Automation account.
    [string] $CredentialName = 'LangSmithPg',

    # Do what LangSmith's migrations will do, in a transaction that is rolled back.
    [switch] $Rehearse
)

$ErrorActionPreference = 'Stop'

# Import it into the runtime environment of the Automation account; a runbook on a hybrid worker may install it:
# Install-PSResource LangSmithPg -TrustRepository -Scope CurrentUser
Import-Module LangSmithPg

Disable-AzContextAutosave -Scope Process | Out-Null
Connect-AzAccount -Identity | Out-Null
$storage = New-AzStorageContext -StorageAccountName $StorageAccountName -UseConnectedAccount
$folder = New-Item -ItemType Directory -Path ([IO.Path]::GetTempPath()) -Name "langsmith-$([guid]::NewGuid())"

try {
    Get-AzStorageBlobContent -Context $storage -Container $ContainerName -Blob $FleetBlob -Destination "$folder/fleet.csv" -Force | Out-Null
    $connections = foreach ($row in Import-Csv "$folder/fleet.csv") {
        $login = if ($row.iamAuthProvider) {
            # The module gets the token by itself, as the managed identity.
            @{}
        }
        elseif ($row.secret) {
            @{ Password = (Get-AzKeyVaultSecret -VaultName $VaultName -Name $row.secret).SecretValue }
        }
        else {
            @{ Credential = Get-AutomationPSCredential -Name $CredentialName }
        }

        $parts = $row | Select-Object host, port, database, sslmode, schema, iamAuthProvider
        if (-not $login.ContainsKey('Credential')) {
            $parts | Add-Member -NotePropertyName user -NotePropertyValue $row.user
        }

        $parts | New-LangSmithPgConnectionString @login
    }

    $reports = @($connections | Test-LangSmithPgReadiness -Rehearse:$Rehearse)
    if (-not $reports) {
        throw "No database was tested: $FleetBlob in $ContainerName names none."
    }

    $name = "readiness-$([datetime]::UtcNow.ToString('yyyyMMdd-HHmmss')).html"
    $reports | Export-LangSmithPgReport -Path "$folder/$name" -Confirm:$false
    Set-AzStorageBlobContent -Context $storage -Container $ContainerName -File "$folder/$name" -Blob $name -Properties @{ ContentType = 'text/html' } -Force | Out-Null
}
finally {
    Remove-Item $folder -Recurse -Force
}

# Small objects for the output stream of the job, and for a runbook that calls this one.
$reports | Select-Object Target, IsReady, @{ Name = 'Fixes'; Expression = { $_.Fixes -join "`n" } }

$notReady = @($reports | Where-Object { -not $_.IsReady })
if ($notReady.Count -gt 0) {
    # An uncaught error is what makes a job of Azure Automation fail.
    throw "$($notReady.Count) of $($reports.Count) databases are not ready: $($notReady.Target -join ', '). The report is $name in $ContainerName."
}
