# Brings the pages in docs/en-US and the file for Get-Help up to date with the module that was built last.

$root = Split-Path $PSScriptRoot
$manifest = Get-ChildItem "$root/out/LangSmithPg/*/LangSmithPg.psd1" | Sort-Object LastWriteTime | Select-Object -Last 1
if (-not $manifest) { throw 'There is no module to describe: ./build.ps1 -Task Build, Docs' }
& "$root/docs/Update-Help.ps1" $manifest
