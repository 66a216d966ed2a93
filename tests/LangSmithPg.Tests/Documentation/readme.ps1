# Runs the blocks of a plan (JSON: Number, Code), one after the other in one session as somebody would paste them, and says between marks
# what each showed. Programs of others are stand-ins that report to a cluster which a test keeps.
param(
    [Parameter(Mandatory)] [string] $Plan,
    [Parameter(Mandatory)] [string] $Manifest
)

Import-Module $Manifest
$PSStyle.OutputRendering = 'PlainText'
$ProgressPreference = 'SilentlyContinue'
if ($env:README_PORT) {
    # Servers of the README have PostgreSQL's own port.
    $PSDefaultParameterValues = @{ 'New-LangSmithPgConnectionString:Port' = [int] $env:README_PORT; 'Get-LangSmithPgCertificate:Port' = [int] $env:README_PORT }
}

# Whoever sits at the prompt.
function Get-Credential { [pscredential]::new($env:README_USER, (ConvertTo-SecureString $env:README_PASSWORD -AsPlainText -Force)) }
function Read-Host([switch] $AsSecureString) { ConvertTo-SecureString $env:README_PFX_PASSWORD -AsPlainText -Force }

function Send-Command([string] $Program, [object[]] $Arguments, [object[]] $Given) {
    $call = @{ program = $Program; arguments = @($Arguments.ForEach({ "$_" })); input = $Given -join "`n"; folder = "$PWD" } | ConvertTo-Json
    $answer = Invoke-RestMethod $env:README_CLUSTER -Method Post -Body $call -ContentType 'application/json; charset=utf-8' -NoProxy
    if ($answer.error) { Write-Error $answer.error }
    if ($answer.output) { $answer.output.TrimEnd("`n") -split "`n" }
}

function kubectl { Send-Command kubectl $args @($input) }
function helm { Send-Command helm $args @($input) }
function gcloud { Send-Command gcloud $args @($input) }

$Error.Clear()
foreach ($block in [IO.File]::ReadAllText($Plan) | ConvertFrom-Json) {
    "<<<$($block.Number)"
    try { . ([scriptblock]::Create($block.Code)) | Out-String -Width 160 } catch { }
    '>>>'
    foreach ($fault in $Error) { "!!!$($fault.FullyQualifiedErrorId): $fault" -replace '\r?\n', ' ' }
    $Error.Clear()
}
