# Runs the Pester suite against the module as it was built. The last line of a run is "Pester: N passed, N failed, N skipped".
param([string] $Configuration = 'Debug')

$root = Split-Path $PSScriptRoot

# The version that the tests' project pins, which 'dotnet restore' brings; else what is installed.
$project = Get-Content "$root/tests/LangSmithPg.Tests/LangSmithPg.Tests.csproj" -Raw
$pinned = [regex]::Match($project, '"Pester" Version="\[([0-9.]+)\]"').Groups[1].Value
$packages = $env:NUGET_PACKAGES ? $env:NUGET_PACKAGES : "$HOME/.nuget/packages"
$pester = "$packages/pester/$pinned/tools/Pester.psd1"
if (-not (Test-Path $pester)) { $pester = Get-Module -ListAvailable Pester | Where-Object Version -GE '5.0' | Select-Object -First 1 -ExpandProperty Path }
if (-not $pester) {
    Write-Warning 'Pester suite not run: Pester 5 is neither restored (dotnet restore) nor installed (Install-PSResource Pester).'
    return
}

# In a process of its own: this one may have built the module, and would keep its files open.
$program = [Environment]::ProcessPath
$arguments = @(if ((Split-Path $program -LeafBase) -eq 'dotnet') { "$PSHOME/pwsh.dll" })
& $program @arguments -NoProfile -NonInteractive -File "$root/tests/Pester/Run.ps1" -Pester $pester -Configuration $Configuration
