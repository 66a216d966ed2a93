BeforeDiscovery {
    Import-Module "$PSScriptRoot/Sandbox.psm1"
    $noServers = -not (Test-Sandbox)
}

Describe 'The support queries of LangChain' -Skip:$noServers {
    BeforeAll {
        Import-Module "$PSScriptRoot/Sandbox.psm1"
        Import-BuiltModule
        $server = Start-SandboxPostgres
        $admin = New-LangSmithPgConnectionString $server.HostName langsmith -Port $server.Port -Credential $server.Admin
        Set-Content TestDrive:/list.sql @'
\if :{?least}
\else
  \set least 2
\endif
select n as id, 'row ' || n as name from generate_series(1, 3) n where n >= :least;
'@
        Set-Content TestDrive:/write.sql 'create table if not exists kept (n int); insert into kept values (1), (2);'
    }

    AfterAll { $server | Stop-Sandbox }

    It 'gives a CSV file' {
        $admin | Invoke-LangSmithPgSupportQuery -Path TestDrive:/list.sql -AsText | Export-Csv TestDrive:/list.csv
        Get-Content TestDrive:/list.csv | Should -Be '"id","name"', '"2","row 2"', '"3","row 3"'
        ($admin | Invoke-LangSmithPgSupportQuery -Path TestDrive:/list.sql -Variable @{ least = 3 }).name | Should -Be 'row 3'
    }

    It 'writes only if it is allowed, and says what' {
        { $admin | Invoke-LangSmithPgSupportQuery -Path TestDrive:/write.sql -ErrorAction Stop } | Should -Throw -ErrorId 'WriteNotAllowed*'
        $admin | Invoke-LangSmithPgSupportQuery -Path TestDrive:/write.sql -AllowWrite -WhatIf
        Invoke-SandboxSql $server 'SELECT count(*)::int FROM pg_class WHERE relname = ''kept''' | Should -Be 0
        $admin | Invoke-LangSmithPgSupportQuery -Path TestDrive:/write.sql -AllowWrite -Confirm:$false
        ($admin | Invoke-LangSmithPgSupportQuery -Path TestDrive:/list.sql -Variable @{ least = '(select count(*) from kept)' }).Count | Should -Be 2
    }
}
