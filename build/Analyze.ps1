# Holds all scripts against PSScriptAnalyzer, where it is installed. What it finds fails the task.

$root = Split-Path $PSScriptRoot
if (-not (Get-Module -ListAvailable PSScriptAnalyzer)) {
    Write-Warning 'Scripts not analysed: PSScriptAnalyzer is not installed (Install-PSResource PSScriptAnalyzer).'
    return
}

# The manifest is read where the files that it names lie: staged.
$scripts = @(
    Get-ChildItem $root, "$root/build", "$root/src", "$root/tests" -File | Where-Object Name -NE 'LangSmithPg.psd1'
    Get-ChildItem "$root/src", "$root/tests" -Directory | Get-ChildItem -Recurse -File | Where-Object FullName -NotMatch '[\\/](bin|obj|node_modules)[\\/]'
    Get-ChildItem "$root/out/LangSmithPg/*/LangSmithPg.psd1" -ErrorAction Ignore
) | Where-Object Extension -In '.ps1', '.psm1', '.psd1'

# It does not see that Pester's blocks share their variables, and a text of a manifest is one line.
$found = @(
    foreach ($script in $scripts) {
        $exempt = @(switch -Wildcard ($script.Name) { '*.Tests.ps1' { 'PSUseDeclaredVarsMoreThanAssignments' } '*.psd1' { 'PSAvoidLongLines' } })
        Invoke-ScriptAnalyzer $script.FullName -Settings "$root/PSScriptAnalyzerSettings.psd1" -ExcludeRule $exempt
    }
)
$found | Format-Table RuleName, Severity, ScriptName, Line, Message -AutoSize -Wrap
if ($found) { throw "PSScriptAnalyzer found $($found.Count) in $($scripts.Count) scripts." }
"PSScriptAnalyzer found nothing in $($scripts.Count) scripts."
