BeforeDiscovery {
    Import-Module "$PSScriptRoot/Sandbox.psm1"
    $noServers = -not (Test-Sandbox)
}

Describe 'The six extensions' -Skip:$noServers {
    BeforeAll {
        Import-Module "$PSScriptRoot/Sandbox.psm1"
        Import-BuiltModule
        $server = Start-SandboxPostgres
        $connection = New-LangSmithPgConnectionString $server.HostName langsmith -Port $server.Port -Credential $server.User
        $admin = New-LangSmithPgConnectionString $server.HostName langsmith -Port $server.Port -Credential $server.Admin
    }

    AfterAll { $server | Stop-Sandbox }

    It 'Test-LangSmithPgExtensions has a row for each, and what to do' {
        $rows = $connection | Test-LangSmithPgExtensions
        $rows.Name | Should -Be 'btree_gin', 'btree_gist', 'citext', 'ltree', 'pg_trgm', 'pgcrypto'
        $rows.Status | Select-Object -Unique | Should -Be 'Fail'
        $rows.Fix | Select-Object -Unique | Should -Be 'GRANT CREATE ON DATABASE "langsmith" TO "langsmith_app";'
    }

    It '-WhatIf installs nothing' {
        $admin | Install-LangSmithPgExtensions -WhatIf
        $admin | Test-LangSmithPgExtensions | Where-Object Installed | Should -BeNullOrEmpty
    }

    It '-AsScript gives the SQL for somebody else to run' {
        $script = $admin | Install-LangSmithPgExtensions -AsScript
        $script | Should -Match 'CREATE EXTENSION IF NOT EXISTS "citext"'
    }

    It 'a user who may not create them is refused by name' {
        $connection | Install-LangSmithPgExtensions -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem | Should -HaveCount 1
        $problem.CategoryInfo.Category | Should -Be 'PermissionDenied'
        $problem.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'the administrator installs what is missing, and a second time nothing' {
        $admin | Install-LangSmithPgExtensions -Confirm:$false
        $connection | Test-LangSmithPgExtensions -Quiet | Should -BeTrue
        $admin | Install-LangSmithPgExtensions -Confirm:$false -ErrorAction Stop
    }
}
