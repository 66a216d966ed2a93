BeforeDiscovery {
    Import-Module "$PSScriptRoot/Sandbox.psm1"
    $noServers = -not (Test-Sandbox)
}

Describe 'From LangSmith''s old user to a cloud identity' -Skip:$noServers {
    BeforeAll {
        Import-Module "$PSScriptRoot/Sandbox.psm1"
        Import-BuiltModule
        # LangSmith has run as langsmith_app; the identity is a member of it for as long as it takes.
        $server = Start-SandboxPostgres -Sql @(
            'ALTER DATABASE langsmith OWNER TO langsmith_app'
            'CREATE ROLE "langsmith-identity" LOGIN PASSWORD ''token'' IN ROLE langsmith_app'
        )
        Invoke-SandboxSql $server 'SET ROLE langsmith_app; CREATE TABLE runs (id int); CREATE TABLE feedback (id int)'
        $identity = New-LangSmithPgConnectionString $server.HostName langsmith -Port $server.Port -UserName langsmith-identity -Password 'token'
        $owners = 'SELECT DISTINCT tableowner::text FROM pg_tables WHERE schemaname = ''public'''
    }

    AfterAll { $server | Stop-Sandbox }

    It 'readiness tells that the next migration would fail' {
        # As it is once the membership is gone.
        $stranger = New-LangSmithPgConnectionString $server.HostName langsmith -Port $server.Port -UserName stranger -Password 'p'
        Invoke-SandboxSql $server 'CREATE ROLE stranger LOGIN PASSWORD ''p'''
        ($stranger | Test-LangSmithPgReadiness).Findings | Where-Object Id -EQ 'Schema.Ownership' | ForEach-Object Status | Should -Be 'Fail'
    }

    It '-WhatIf shows the plan and changes nothing' {
        $plan = $identity | Set-LangSmithPgOwner -From langsmith_app -To langsmith-identity -WhatIf
        $plan.Objects.Identity | Should -Contain 'public.runs'
        $plan.Steps[0].Statement | Should -BeLike '*"langsmith-identity"*'
        Invoke-SandboxSql $server $owners | Should -Be 'langsmith_app'
    }

    It '-AsScript gives the SQL' {
        $identity | Set-LangSmithPgOwner -From langsmith_app -To langsmith-identity -AsScript | Should -BeLike '*"langsmith-identity"*'
    }

    It 'hands everything over in one transaction, and says what to revoke' {
        $done = $identity | Set-LangSmithPgOwner -From langsmith_app -To langsmith-identity -Confirm:$false
        $done.Next | Should -Be 'REVOKE "langsmith_app" FROM "langsmith-identity";'
        Invoke-SandboxSql $server $owners | Should -Be 'langsmith-identity'
    }

    It 'has nothing left to do the second time' {
        $identity | Set-LangSmithPgOwner -From langsmith_app -To langsmith-identity -Confirm:$false -ErrorAction Stop
        Invoke-SandboxSql $server $owners | Should -Be 'langsmith-identity'
    }
}

Describe 'New-LangSmithPgIamRole on a live server' -Skip:$noServers {
    It 'makes the role that takes tokens, with LangSmith''s rights, and a second time nothing' {
        Import-Module "$PSScriptRoot/Sandbox.psm1"
        Import-BuiltModule
        # What marks a server of RDS.
        $server = Start-SandboxPostgres -Sql 'CREATE ROLE rds_iam'
        try {
            $admin = New-LangSmithPgConnectionString $server.HostName langsmith -Port $server.Port -Credential $server.Admin
            $admin | New-LangSmithPgIamRole -Provider Aws -RoleName langsmith-identity -Confirm:$false | Out-Null
            Invoke-SandboxSql $server 'SELECT pg_has_role(''langsmith-identity'', ''rds_iam'', ''MEMBER'')' | Should -BeTrue
            Invoke-SandboxSql $server 'SELECT has_database_privilege(''langsmith-identity'', ''langsmith'', ''CREATE'')' | Should -BeTrue

            $again = $admin | New-LangSmithPgIamRole -Provider Aws -RoleName langsmith-identity -Confirm:$false
            $again.Name | Should -Be 'langsmith-identity'
            $again.Done | Should -BeNullOrEmpty
        } finally {
            $server | Stop-Sandbox
        }
    }
}
