# Measures, side by side with other tools.
param([string] $Configuration = 'Release')

dotnet run --configuration Release --project "$(Split-Path $PSScriptRoot)/tests/Benchmarks"
