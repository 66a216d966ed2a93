BeforeDiscovery {
    Import-Module "$PSScriptRoot/Sandbox.psm1"
    $noServers = -not (Test-Sandbox)
}

Describe 'A runbook over a fleet' -Skip:$noServers {
    BeforeAll {
        Import-Module "$PSScriptRoot/Sandbox.psm1"
        Import-BuiltModule
        $server = Start-SandboxPostgres -Sql 'CREATE DATABASE ready OWNER langsmith_app'
        Set-Content TestDrive:/fleet.csv @"
host,port,database,user,password,sslmode
localhost,$($server.Port),ready,langsmith_app,p@ss/w?rd#1,require
localhost,$($server.Port),langsmith,langsmith_app,p@ss/w?rd#1,require
localhost,1,nowhere,langsmith_app,p@ss/w?rd#1,require
"@
    }

    AfterAll { $server | Stop-Sandbox }

    It 'has one report a database, in the order of the file, and a dead host keeps nobody waiting' {
        $reports = Import-Csv TestDrive:/fleet.csv | New-LangSmithPgConnectionString | Test-LangSmithPgReadiness -Ordered
        $reports.Target | Should -Be "localhost:$($server.Port)/ready", "localhost:$($server.Port)/langsmith", 'localhost:1/nowhere'
        $reports.IsReady | Should -Be $true, $false, $false
    }

    It '-Quiet gives one boolean each' {
        Import-Csv TestDrive:/fleet.csv | New-LangSmithPgConnectionString | Test-LangSmithPgReadiness -Quiet | Should -Be $true, $false, $false
    }

    It 'reports the fleet as one file' {
        Import-Csv TestDrive:/fleet.csv | New-LangSmithPgConnectionString | Test-LangSmithPgReadiness | Export-LangSmithPgReport -Path TestDrive:/fleet.json
        (Get-Content TestDrive:/fleet.json -Raw | ConvertFrom-Json).databases | Should -HaveCount 3
    }

    It 'one row that cannot be read is one error, and the others go on' {
        Set-Content TestDrive:/bad.csv "host,database,user,password`n,langsmith,u,p`n127.0.0.1,langsmith,u,p"
        $connections = Import-Csv TestDrive:/bad.csv | New-LangSmithPgConnectionString -ErrorAction SilentlyContinue -ErrorVariable problem
        $connections.HostName | Should -Be '127.0.0.1'
        $problem | Should -HaveCount 1
    }
}

Describe 'Errors in a runbook' {
    BeforeAll {
        Import-Module "$PSScriptRoot/Sandbox.psm1"
        Import-BuiltModule
    }

    It 'stop it where it says so' {
        { ConvertFrom-LangSmithPgConnectionString 'mysql://u:p@h/d' -ErrorAction Stop } | Should -Throw -ErrorId 'UnknownScheme,*'
    }

    It 'have a stable id, a category, a target and what to do' {
        $text = 'u:S3cretNeedle@127.0.0.1:1/d'
        Get-LangSmithPgServer $text -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -BeLike 'ConnectionRefused,*'
        $problem.CategoryInfo.Category | Should -Be 'ConnectionError'
        $problem.TargetObject | Should -Be '127.0.0.1:1/d'
        $problem.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $problem | Out-String | Should -Not -Match 'S3cretNeedle'
    }

    It 'keep their findings on the way back from a job' {
        $manifest = (Get-Module LangSmithPg).Path -replace 'LangSmithPg\.dll$', 'LangSmithPg.psd1'
        $report = Start-Job { Import-Module $using:manifest; 'u:p@127.0.0.1:1/d' | Test-LangSmithPgReadiness } | Receive-Job -Wait -AutoRemoveJob
        $report.Findings[0].Id | Should -BeExactly 'Connection'
        $report.Findings[0].Status.ToString() | Should -BeExactly 'Fail'
    }

    It 'a connection that comes back from a job has lost its password, and is refused' {
        $manifest = (Get-Module LangSmithPg).Path -replace 'LangSmithPg\.dll$', 'LangSmithPg.psd1'
        $connection = Start-Job { Import-Module $using:manifest; ConvertFrom-LangSmithPgConnectionString 'u:S3cretNeedle@h/d' } |
            Receive-Job -Wait -AutoRemoveJob
        $connection | Format-List * | Out-String | Should -Not -Match 'S3cretNeedle'
        { $connection | Test-LangSmithPgConnection -ErrorAction Stop } | Should -Throw
    }
}
