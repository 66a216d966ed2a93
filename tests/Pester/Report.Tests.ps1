BeforeDiscovery {
    Import-Module "$PSScriptRoot/Sandbox.psm1"
    $noServers = -not (Test-Sandbox)
}

Describe 'Export-LangSmithPgReport' -Skip:$noServers {
    BeforeAll {
        Import-Module "$PSScriptRoot/Sandbox.psm1"
        Import-BuiltModule
        $server = Start-SandboxPostgres
        $report = New-LangSmithPgConnectionString $server.HostName langsmith -Port $server.Port -Credential $server.User | Test-LangSmithPgReadiness
    }

    AfterAll { $server | Stop-Sandbox }

    It 'writes one HTML page that needs nothing else' {
        $report | Export-LangSmithPgReport -Path TestDrive:/readiness.html -Title 'Before the upgrade'
        $page = Get-Content TestDrive:/readiness.html -Raw
        $page | Should -Match '<title>Before the upgrade'
        $page | Should -Not -Match '<(script|link|img)[^>]+(src|href)="https?:'
    }

    It 'writes Markdown for a ticket' {
        $report | Export-LangSmithPgReport -Path TestDrive:/readiness.md
        Get-Content TestDrive:/readiness.md -Raw | Should -Match 'GRANT CREATE ON DATABASE'
    }

    It 'writes JSON for a program' {
        $report | Export-LangSmithPgReport -Path TestDrive:/readiness.json
        $json = Get-Content TestDrive:/readiness.json -Raw | ConvertFrom-Json
        $json.databases[0].findings.id | Should -Contain 'Extension.citext'
        $json.databases[0].isReady | Should -Be $false
    }

    It 'writes JUnit XML for a pipeline, where a failure is a failed test' {
        $report | Export-LangSmithPgReport -Path TestDrive:/readiness.xml
        $suites = ([xml](Get-Content TestDrive:/readiness.xml -Raw)).testsuites
        [int]$suites.failures | Should -Be ($report.Findings | Where-Object Status -EQ Fail).Count
    }

    It 'writes CSV for a spreadsheet, with a row for each finding' {
        $report | Export-LangSmithPgReport -Path TestDrive:/readiness.csv
        $rows = Import-Csv TestDrive:/readiness.csv
        $rows.Id | Should -Be $report.Findings.Id
        $rows.Fix -match '^GRANT CREATE ON DATABASE' | Should -Not -BeNullOrEmpty
    }

    It 'writes SARIF for code scanning, without what passed' {
        $report | Export-LangSmithPgReport -Path TestDrive:/readiness.sarif
        $run = (Get-Content TestDrive:/readiness.sarif -Raw | ConvertFrom-Json).runs[0]
        $run.results.Count | Should -Be @($report.Findings | Where-Object Status -NotIn Pass, NotApplicable).Count
    }

    It 'replaces a report that is there only with -Force' {
        Set-Content TestDrive:/old.md 'old'
        { $report | Export-LangSmithPgReport -Path TestDrive:/old.md } | Should -Throw
        Get-Content TestDrive:/old.md | Should -Be 'old'

        $report | Export-LangSmithPgReport -Path TestDrive:/old.md -Force
        Get-Content TestDrive:/old.md | Should -Not -Contain 'old'
    }

    It 'has no password in any form: <_>' -ForEach 'html', 'md', 'json', 'xml', 'csv', 'sarif' {
        $report | Export-LangSmithPgReport -Path "TestDrive:/secret.$_"
        Get-Content "TestDrive:/secret.$_" -Raw | Should -Not -Match 'p@ss|p%40ss'
    }
}

Describe 'Compare-LangSmithPgReport' -Skip:$noServers {
    BeforeAll {
        Import-Module "$PSScriptRoot/Sandbox.psm1"
        Import-BuiltModule
        $server = Start-SandboxPostgres
        $connection = New-LangSmithPgConnectionString $server.HostName langsmith -Port $server.Port -Credential $server.User
        $connection | Test-LangSmithPgReadiness | Export-LangSmithPgReport -Path TestDrive:/before.json
    }

    AfterAll { $server | Stop-Sandbox }

    It 'finds no change in a database that did not change' {
        $comparison = $connection | Test-LangSmithPgReadiness | Compare-LangSmithPgReport -Reference TestDrive:/before.json
        $comparison.Changes | Should -BeNullOrEmpty
        $comparison.IsWorse | Should -BeFalse
        $comparison.IsComplete | Should -BeTrue
    }

    It 'does not take a database that cannot be checked for one that is better' {
        $comparison = $connection | Test-LangSmithPgReadiness -UserName nobody | Compare-LangSmithPgReport -Reference TestDrive:/before.json
        $comparison.IsWorse | Should -BeTrue
        $comparison.IsComplete | Should -BeFalse
        $comparison.Changes.Change | Should -Not -Contain 'Gone'
    }

    It 'does not count what is accepted' {
        Set-Content TestDrive:/accepted.yaml "- id: '*'`n  reason: A new server is ordered`n  until: 2999-12-31"
        $accepted = $connection | Test-LangSmithPgReadiness -AcceptedFinding TestDrive:/accepted.yaml
        $accepted.IsReady | Should -BeTrue
        $accepted.Verdict | Should -Match '^ready, [0-9]+ accepted findings$'
        $accepted.Findings | Where-Object Accepted | Select-Object -First 1 | ForEach-Object { $_.Accepted.Reason } | Should -Be 'A new server is ordered'
    }
}
