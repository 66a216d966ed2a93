# Runs the gates of a plan (JSON: Name, Case, Code, Ready), each with the results that the case gives, and says of each whether it lets the
# script go on: "name|case|passed" or "name|case|stopped: why".
param([Parameter(Mandatory)] [string] $Plan)

$ProgressPreference = 'SilentlyContinue'

# What gives results gives those of the case.
function Give([object[]] $Arguments) { $Arguments -contains '-Quiet' ? $global:Results.IsReady : $global:Results }
function Test-LangSmithPgReadiness { Give $args }
function Test-LangSmithPgHealth { Give $args }
function Test-LangSmithPgConnection { Give $args }
function Test-LangSmithPgConnectionString { Give $args }
function Test-LangSmithPgExtensions { Give $args }
function Test-LangSmithHelmValues { Give $args }
function Receive-LangSmithPgPreflight { Give $args }

# What fails is worse than it was.
function Compare-LangSmithPgReport { if ($global:Results) { [pscustomobject]@{ IsWorse = $global:Results.IsReady -contains $false; IsComplete = $true } } }

# Where a script goes on.
function Install-LangSmithPgExtensions { throw 'an extension is missing' }
function helm { if ($args[0] -eq 'upgrade') { $global:Upgraded = $true } }

# The rest does nothing here.
function Import-Csv { @{ host = 'localhost' } }
function Export-LangSmithPgReport { }
function Export-LangSmithYaml { }
function New-LangSmithPgConnectionString { }
function New-LangSmithPgPreflightJob { }
function Install-PSResource { }
function Import-Module { }
function Get-Credential { }
function Get-Content { }
function Add-Content { }
function kubectl { }
function Disable-AzContextAutosave { }
function Connect-AzAccount { }
function New-AzStorageContext { }
function Get-AzStorageBlobContent { }
function Set-AzStorageBlobContent { }
function Get-AutomationPSCredential { }

foreach ($gate in [IO.File]::ReadAllText($Plan) | ConvertFrom-Json) {
    $file = Join-Path $PWD 'gate.ps1'
    Set-Content -LiteralPath $file -Value $gate.Code
    $global:Results = @(foreach ($ready in $gate.Ready) {
            [pscustomobject]@{ Target = 'db'; IsReady = $ready; IsValid = $ready; Outcome = $ready ? 'Accepted' : 'Refused'; Fixes = @(); Findings = @() }
        })
    $parameters = @{}
    if ($gate.Code -match 'StorageAccountName') { $parameters.StorageAccountName = 'reports' }
    $global:LASTEXITCODE = 0
    $global:Upgraded = $false
    $why = ''
    try { & $file @parameters *> $null } catch { $why = "$_" -replace '\s+', ' ' }
    if ($LASTEXITCODE -ne 0) { $why = "exit $LASTEXITCODE" }
    if ($gate.Code -match 'helm upgrade' -and -not $Upgraded) { $why = 'not upgraded' }
    "$($gate.Name)|$($gate.Case)|$($why ? "stopped: $why" : 'passed')"
}
