BeforeDiscovery {
    Import-Module "$PSScriptRoot/Sandbox.psm1"
    $noServers = -not (Test-Sandbox)
}

Describe 'Before helm upgrade' -Skip:$noServers {
    BeforeAll {
        Import-Module "$PSScriptRoot/Sandbox.psm1"
        Import-BuiltModule
        $server = Start-SandboxPostgres -Sql 'CREATE DATABASE rehearsed OWNER langsmith_app'
        $connection = New-LangSmithPgConnectionString $server.HostName langsmith -Port $server.Port -Credential $server.User
    }

    AfterAll { $server | Stop-Sandbox }

    It 'the server is there, speaks TLS and lets the user in' {
        $test = $connection | Test-LangSmithPgConnection
        $test.Authenticated | Should -BeTrue
        $test.Encrypted | Should -BeTrue
        $test.ServerVersion | Should -BeLike '18.*'
    }

    It 'Get-LangSmithPgServer tells what the server says of itself' {
        $facts = $connection | Get-LangSmithPgServer
        $facts.Database.Name | Should -Be 'langsmith'
        $facts.Role.Name | Should -Be 'langsmith_app'
        $facts.Role.IsSuperUser | Should -BeFalse
    }

    It 'a database that is not ready fails, and each failure has its fix' {
        $report = $connection | Test-LangSmithPgReadiness
        $report.IsReady | Should -BeFalse

        $failed = $report.Findings | Where-Object Status -EQ Fail
        $failed.Id | Should -Contain 'Database.Create'
        $failed.Id | Should -Contain 'Schema.Create'
        $failed.Id | Should -Contain 'Extension.citext'
        $failed.Fix | Should -Not -BeNullOrEmpty
        "$($report.Fixes[0])" | Should -Be 'GRANT CREATE ON DATABASE "langsmith" TO "langsmith_app";'
    }

    It 'is ready once the administrator has run the fixes' {
        Invoke-SandboxSql $server ($connection | Test-LangSmithPgReadiness).FixSql

        $connection | Test-LangSmithPgReadiness -Quiet | Should -BeTrue
        ($connection | Test-LangSmithPgReadiness -Rehearse).IsReady | Should -BeTrue
    }

    It 'rehearses the migrations and leaves nothing behind' {
        $owned = New-LangSmithPgConnectionString $server.HostName rehearsed -Port $server.Port -Credential $server.User
        $report = $owned | Test-LangSmithPgReadiness -Rehearse
        $report.IsReady | Should -BeTrue
        $report.Findings | Where-Object Id -Like 'Rehearsal.*' | ForEach-Object Status | Should -Not -Contain 'Fail'

        Invoke-SandboxSql $server 'SELECT count(*) FROM pg_extension WHERE extname <> ''plpgsql''' -Database rehearsed | Should -Be 0
        Invoke-SandboxSql $server 'SELECT count(*) FROM pg_class WHERE relnamespace = ''public''::regnamespace' -Database rehearsed | Should -Be 0
    }

    It 'compares the size of the instance, which no server tells, with 2 vCPU and 8 GB' {
        $small = $connection | Test-LangSmithPgReadiness -VCpu 1 -MinimumMemory 4GB
        $small.Findings | Where-Object Id -In 'Server.VCpu', 'Server.Memory' | ForEach-Object Status | Should -Be 'Warning', 'Warning'

        $unknown = $connection | Test-LangSmithPgReadiness
        $unknown.Findings | Where-Object Id -In 'Server.VCpu', 'Server.Memory' | ForEach-Object Status | Should -Be 'Unknown', 'Unknown'
    }

    It '-MinimumStatus leaves out what is as it should be' {
        $all = ($connection | Test-LangSmithPgReadiness).Findings
        $few = ($connection | Test-LangSmithPgReadiness -MinimumStatus Unknown).Findings
        $all.Status | Should -Contain 'Pass'
        $few.Status | Should -Not -Contain 'Pass'
        $few.Id | Should -Contain 'Server.VCpu'
    }

    It 'fails where LangSmith uses a schema of its own, and an extension is in another that it does not search' {
        Invoke-SandboxSql $server 'CREATE EXTENSION citext SCHEMA public'
        $report = $connection | Test-LangSmithPgReadiness -Schema langsmith
        $citext = $report.Findings | Where-Object Id -EQ 'Extension.citext'
        $citext.Status | Should -Be 'Fail'
        $citext.Fix | Should -BeLike 'ALTER EXTENSION "citext" SET SCHEMA "langsmith";*'
    }

    It 'a wrong password is a failed finding, not an error' {
        $wrong = New-LangSmithPgConnectionString $server.HostName langsmith -Port $server.Port -UserName langsmith_app -Password 'wrong'
        $report = $wrong | Test-LangSmithPgReadiness -ErrorAction Stop
        $report.IsReady | Should -BeFalse
        $report.Findings[0].Id | Should -Be 'Connection'
        $report.Findings | Should -HaveCount 1
    }
}

Describe 'A PostgreSQL that LangSmith no longer supports' -Skip:$noServers {
    It 'is told by its version' {
        Import-Module "$PSScriptRoot/Sandbox.psm1"
        Import-BuiltModule
        $old = Start-SandboxPostgres -Major 13
        try {
            $report = New-LangSmithPgConnectionString $old.HostName langsmith -Port $old.Port -Credential $old.User | Test-LangSmithPgReadiness
            $report.Findings | Where-Object Id -EQ 'Server.Version' | ForEach-Object Status | Should -Be 'Fail'
        } finally {
            $old | Stop-Sandbox
        }
    }
}

Describe 'A pooler between LangSmith and the server' -Skip:$noServers {
    BeforeAll {
        Import-Module "$PSScriptRoot/Sandbox.psm1"
        Import-BuiltModule
        $server = Start-SandboxPostgres
        $transaction = Start-SandboxPgBouncer $server -PoolMode Transaction
        $session = Start-SandboxPgBouncer $server -PoolMode Session -IgnoreStartupParameters search_path, lock_timeout
    }

    AfterAll { $transaction, $session, $server | Stop-Sandbox }

    It 'fails where it refuses the parameters that LangSmith sends' {
        if (-not $transaction) { Set-ItResult -Skipped -Because 'there is no pgbouncer on this machine' }
        $connection = New-LangSmithPgConnectionString 127.0.0.1 langsmith -Port $transaction.Port -Credential $server.User -SslMode Prefer
        $report = $connection | Test-LangSmithPgReadiness
        $report.Findings | Where-Object Id -Like 'Pooler*' | Where-Object Status -EQ Fail | Should -Not -BeNullOrEmpty
    }

    It 'only warns of session mode with ignore_startup_parameters = search_path, lock_timeout' {
        if (-not $session) { Set-ItResult -Skipped -Because 'there is no pgbouncer on this machine' }
        $connection = New-LangSmithPgConnectionString 127.0.0.1 langsmith -Port $session.Port -Credential $server.User -SslMode Prefer
        $report = $connection | Test-LangSmithPgReadiness
        $report.Findings | Where-Object Id -Like 'Pooler*' | ForEach-Object Status | Should -Not -Contain 'Fail'
        $report.Findings | Where-Object Id -EQ 'Pooler' | ForEach-Object Status | Should -Be 'Warning'
    }
}
