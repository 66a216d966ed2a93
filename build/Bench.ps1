# Measures, side by side with other tools.

dotnet run --configuration Release --project "$(Split-Path $PSScriptRoot)/tests/Benchmarks"
