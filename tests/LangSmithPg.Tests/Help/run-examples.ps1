# Runs the examples of a plan (JSON: Id, Code, Folder, Database), each where its files are, and says between marks what each showed.
param(
    [Parameter(Mandatory)] [string] $Plan,
    [Parameter(Mandatory)] [string] $Manifest,
    [Parameter(Mandatory)] [int] $Port
)

Import-Module $Manifest
$PSStyle.OutputRendering = 'PlainText'
$ProgressPreference = 'SilentlyContinue'

# Whoever sits at the prompt, and the tools of others that examples pipe to.
function Get-Credential { [pscredential]::new('langsmith_app', (ConvertTo-SecureString $env:EXAMPLE_PASSWORD -AsPlainText -Force)) }
function Read-Host([switch] $AsSecureString, [string] $Prompt) {
    $text = $Prompt ? "langsmith_app:$env:EXAMPLE_PASSWORD@localhost:$Port/langsmith?sslmode=require" : $env:EXAMPLE_PFX_PASSWORD
    $AsSecureString ? (ConvertTo-SecureString $text -AsPlainText -Force) : $text
}

function kubectl {
    $given = @($input)
    if ($args[0] -eq 'get') {
        $data = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes("langsmith_app:$env:EXAMPLE_PASSWORD@localhost:$Port/langsmith?sslmode=require"))
        if ($args -notcontains 'json') { return $data }
        @{ apiVersion = 'v1'; kind = 'Secret'; metadata = @{ name = 'postgres-secret' }; data = @{ connection_url = $data } } | ConvertTo-Json -Depth 3 | ForEach-Object Split "`n"
    }
    elseif ($args -contains 'logs') { Get-Content $PSScriptRoot/preflight.log }
    elseif ("$given" -like '*kind: *') { 'created' }
    else { throw 'kubectl was given no manifest.' }
}

function helm { "postgres:`n  external:`n    enabled: false`n    existingSecretName: `"`"" }
function psql { 'psql' }
function gh { }

function Connect([string] $User, [string] $Database) {
    New-LangSmithPgConnectionString localhost $Database -Port $Port -UserName $User -Password $env:EXAMPLE_PASSWORD
}

foreach ($example in Get-Content -LiteralPath $Plan -Raw | ConvertFrom-Json) {
    Set-Location -LiteralPath $example.Folder
    $connection = Connect langsmith_app $example.Database
    $admin = Connect dba $example.Database
    $old = Connect langsmith_app $example.Database
    $new = Connect langsmith_app langsmith_new
    $identity = New-LangSmithPgConnectionString localhost $example.Database -Port $Port -UserName langsmith-identity -IamAuthProvider Azure
    $Error.Clear()
    "<<<$($example.Id)"
    try { & ([scriptblock]::Create($example.Code)) | Out-String -Width 160 } catch { }
    '>>>'
    foreach ($fault in $Error) { "!!!$($fault.FullyQualifiedErrorId): $fault" -replace '\r?\n', ' ' }
}
