#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
<#
.SYNOPSIS
A test of your own: every finding of every database of a list is one test, and what your house wants beside LangSmith is another.
.EXAMPLE
Invoke-Pester -Container (New-PesterContainer -Path readiness.Tests.ps1 -Data @{ FleetPath = 'fleet.csv' })
#>
param(
    # Columns: host, port, database, user, password, sslmode.
    [Parameter(Mandatory)]
    [string] $FleetPath
)

BeforeDiscovery {
    Import-Module LangSmithPg
    $reports = Import-Csv $FleetPath | New-LangSmithPgConnectionString | Test-LangSmithPgReadiness -Ordered
    if (-not $reports) {
        throw "No database was tested: $FleetPath names none."
    }
}

Describe '<_.Target>' -ForEach $reports {
    It '<_.Id>: <_.Message>' -ForEach $_.Findings {
        $_.Status | Should -Not -Be 'Fail' -Because $_.Fix
    }

    It 'has room for 20 more connections' {
        $_.Facts.Connections.Free | Should -BeGreaterOrEqual 20
    }

    It 'speaks UTF-8 and TLS' {
        $_.Facts.Database.Encoding | Should -Be 'UTF8'
        $_.Facts.Tls.Encrypted | Should -BeTrue
    }
}
