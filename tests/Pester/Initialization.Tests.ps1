BeforeDiscovery {
    Import-Module "$PSScriptRoot/Sandbox.psm1"
    $noServers = -not (Test-Sandbox)
}

Describe 'From an empty server to a database that is ready' -Skip:$noServers {
    BeforeAll {
        Import-Module "$PSScriptRoot/Sandbox.psm1"
        Import-BuiltModule
        $server = Start-SandboxPostgres
        $admin = New-LangSmithPgConnectionString $server.HostName postgres -Port $server.Port -Credential $server.Admin
    }

    AfterAll { $server | Stop-Sandbox }

    It '-WhatIf changes nothing' {
        $admin | Initialize-LangSmithPgDatabase -NewDatabase langsmith_new -RoleName langsmith_new_app -WhatIf | Should -BeNullOrEmpty
        Invoke-SandboxSql $server 'SELECT count(*)::int FROM pg_roles WHERE rolname = ''langsmith_new_app''' | Should -Be 0
    }

    It 'creates the role, the database and all in it, and gives the connection' {
        $connection = $admin | Initialize-LangSmithPgDatabase -NewDatabase langsmith_new -RoleName langsmith_new_app -Confirm:$false
        $connection.HasPassword | Should -BeTrue
        ($connection | Test-LangSmithPgReadiness -Rehearse).IsReady | Should -BeTrue
        $connection | New-LangSmithPgSecret | ConvertTo-LangSmithYaml | Should -BeLike '*connection_url*'
    }

    It 'has nothing left to do the second time' {
        $again = $admin | Initialize-LangSmithPgDatabase -NewDatabase langsmith_new -RoleName langsmith_new_app -Confirm:$false -WarningAction Ignore
        $again.HasPassword | Should -BeFalse
    }

    It '-AsScript gives the SQL, without a password' {
        $admin | Initialize-LangSmithPgDatabase -NewDatabase langsmith_new -RoleName langsmith_new_app -AsScript | Should -BeLike '*:''role_password''*'
    }
}
