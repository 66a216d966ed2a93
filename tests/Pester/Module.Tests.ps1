BeforeAll {
    Import-Module "$PSScriptRoot/Sandbox.psm1"
    Import-BuiltModule
    $module = Get-Module LangSmithPg
    $manifest = Test-ModuleManifest "$($module.ModuleBase)/LangSmithPg.psd1" -WarningVariable warnings
}

Describe 'The module' {
    It 'has a manifest that is in order' {
        $warnings | Should -BeNullOrEmpty
        $manifest.CompatiblePSEditions | Should -Be 'Core'
        $manifest.PowerShellVersion | Should -Be '7.4'
        $manifest.LicenseUri, $manifest.ProjectUri | ForEach-Object Scheme | Should -Be 'https', 'https'
        $manifest.Tags | Should -Contain 'PostgreSQL'
    }

    It 'tells what is new in this very version' {
        $manifest.ReleaseNotes | Should -BeLike "$($manifest.Version): *"
    }

    It 'exports the cmdlets that its manifest names, and nothing else' {
        $named = (Import-PowerShellDataFile "$($module.ModuleBase)/LangSmithPg.psd1").CmdletsToExport
        Get-Command -Module LangSmithPg | ForEach-Object Name | Sort-Object | Should -Be ($named | Sort-Object)
        Get-Command -Module LangSmithPg | ForEach-Object CommandType | Select-Object -Unique | Should -Be 'Cmdlet'
    }

    It 'uses approved verbs alone' {
        Get-Command -Module LangSmithPg | Where-Object Verb -NotIn (Get-Verb).Verb | Should -BeNullOrEmpty
    }

    It 'asks before it changes: whatever installs, sets or exports takes -WhatIf and -Confirm' {
        Get-Command -Module LangSmithPg -Verb Install, Set, Export | Where-Object { -not $_.Parameters.ContainsKey('WhatIf') } | Should -BeNullOrEmpty
    }

    It 'has types that scripts can name' {
        'u:p@h/d' | ConvertFrom-LangSmithPgConnectionString | Should -BeOfType LangSmithPg.Connections.PgConnectionString
    }

    It 'has results whose parts can be taken by number: <Name>' -ForEach @(
        @{ Name = 'a connection'; List = { 'u:p@h/d?sslmode=require' | ConvertFrom-LangSmithPgConnectionString | ForEach-Object { , $_.Parameters } } }
        @{ Name = 'a verdict'; List = { (Test-LangSmithPgConnectionString 'a:p@ss@h/d')[0] | ForEach-Object { , $_.Differences } } }
        @{ Name = 'values'; List = { 'u:p@h/d' | New-LangSmithHelmValues | ForEach-Object { , $_.Entries } } }
        @{ Name = 'a Secret'; List = { 'u:p@h/d' | New-LangSmithPgSecret | ForEach-Object { , $_.Entries } } }
        @{ Name = 'a report'; List = { 'u:p@127.0.0.1:1/d' | Test-LangSmithPgReadiness | ForEach-Object { , $_.Findings } } }
        @{ Name = 'fixes'; List = { 'u:p@127.0.0.1:1/d' | Test-LangSmithPgReadiness | ForEach-Object { , $_.Fixes } } }
    ) {
        $list = & $List
        $first = $list | Select-Object -First 1
        $first | Should -Not -BeNullOrEmpty
        [object]::ReferenceEquals($list[0], $first) | Should -BeTrue
        $list[$list.Count] | Should -BeNullOrEmpty
    }

    It 'is imported again after it was removed' {
        Remove-Module LangSmithPg
        Import-BuiltModule
        'u:p@h/d' | New-LangSmithHelmValues | ConvertTo-LangSmithYaml | Should -BeLike 'postgres:*'
    }
}
