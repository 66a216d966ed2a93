# Publishes the tests for Windows and runs them there: on Windows itself, or elsewhere by Wine 10 (see build/wine/run). What Wine cannot do
# is a trait of the test, with the reason. Left out are the tests that start servers: dotnet test on Windows runs them too.

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false

$root = Split-Path $PSScriptRoot
$target = "$root/out/windows"
$isWine = -not $IsWindows

# With a few classes alone, where the others of a project want a server.
$projects = [ordered]@{
    'LangSmithPg.Yaml.Tests'  = @()
    'LangSmithPg.Cloud.Tests' = @()
    'LangSmithPg.Core.Tests'  = @()
    'LangSmithPg.Tests'       = 'Connections.ConnectionStringCmdletTests', 'EnvFiles.EnvFileCmdletTests', 'Helm.HelmValuesLintTests', 'Help.HelpFileTests', 'Loading.LoadingTests', 'Kubernetes.ManifestCmdletTests', 'Helm.ValuesFileCmdletTests'
}

if ($isWine) {
    $started = bash "$PSScriptRoot/wine/run" cmd /c ver 2>&1
    if ($LASTEXITCODE -eq 3) {
        Write-Warning "Windows tests not run: $started"
        return
    }
}

# The module as it is staged for every system, then the tests, each with the runtime of Windows.
dotnet build "$root/src/LangSmithPg" --verbosity quiet
if ($LASTEXITCODE) { throw 'The module was not built.' }

$passed = $failed = $skipped = 0
foreach ($project in $projects.Keys) {
    $output = "$target/$project"
    dotnet publish "$root/tests/$project" --runtime win-x64 --self-contained --artifacts-path "$target/artifacts" --output $output --verbosity quiet
    if ($LASTEXITCODE) { throw "$project was not published for win-x64." }

    $arguments = @(
        '-noLogo', '-noColor'
        foreach ($class in $projects[$project]) { '-class'; "LangSmithPg.Tests.$class" }
        if ($isWine) { '-trait-'; 'NotOnWine=*' }
    )
    # Once in a while the runtime itself dies or hangs under Wine: that says nothing of the tests.
    foreach ($try in 1..($isWine ? 2 : 1)) {
        $lines = $isWine ? (timeout --kill-after 30 600 bash "$PSScriptRoot/wine/run" "$output/$project.exe" @arguments 2>&1) : (& "$output/$project.exe" @arguments 2>&1)
        if (($lines -match 'Total: \d+, Errors')) { break }
        "The runtime ended without a result (try $try): $($lines | Select-Object -Last 1)"
    }

    $lines | ForEach-Object { "$_" }
    $counts = ($lines -match 'Total: \d+, Errors' | Select-Object -Last 1) -replace '^\D+' -split '\D+'
    if ($counts.Count -lt 4) {
        if (-not $isWine) { throw "$project ended without a result." }
        Write-Warning "Windows tests not run: $project ended without a result under Wine."
        continue
    }

    # Total, errors, failed, skipped.
    $total, $errors, $fails, $skips = [int[]] $counts[0..3]
    $failed += $fails + $errors
    $skipped += $skips
    $passed += $total - $fails - $errors - $skips
}

"Windows: $passed passed, $failed failed, $skipped skipped"
if ($failed) { throw "$failed tests failed on Windows." }
