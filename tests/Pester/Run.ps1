# Runs the suite and says in its last line how it went; the exit code is 1 when something failed.
param(
    [Parameter(Mandatory)] [string] $Pester,
    [string] $Configuration = 'Debug'
)

$env:LANGSMITHPG_CONFIGURATION = $Configuration
Import-Module $Pester
$settings = New-PesterConfiguration
$settings.Run.Path = $PSScriptRoot
$settings.Run.PassThru = $true
$settings.Output.Verbosity = 'Detailed'
$run = Invoke-Pester -Configuration $settings

$failed = $run.FailedCount + $run.FailedBlocksCount + $run.FailedContainersCount
"Pester: $($run.PassedCount) passed, $failed failed, $($run.SkippedCount) skipped"
exit [int]($failed -gt 0)
