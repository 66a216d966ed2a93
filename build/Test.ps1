# Runs the tests of .NET, then those of Pester.
param([string] $Configuration = 'Debug')

Push-Location (Split-Path $PSScriptRoot)
try { dotnet test --configuration $Configuration } finally { Pop-Location }

& "$PSScriptRoot/Pester.ps1" -Configuration $Configuration
