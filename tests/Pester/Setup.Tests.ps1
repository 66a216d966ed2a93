BeforeDiscovery {
    Import-Module "$PSScriptRoot/Sandbox.psm1"
    $noServers = -not (Test-Sandbox)
}

Describe 'The first day with a new database' -Skip:$noServers {
    BeforeAll {
        Import-Module "$PSScriptRoot/Sandbox.psm1"
        Import-BuiltModule
        $server = Start-SandboxPostgres
        $text = (New-LangSmithPgConnectionString $server.HostName langsmith -Port $server.Port -Credential $server.User).ToPlainText()
        $folder = "$TestDrive/langsmith"
    }

    AfterAll { $server | Stop-Sandbox }

    It 'one command says what is missing and writes every file' {
        $setup = Invoke-LangSmithPgSetup $text -OutputPath $folder
        $setup.IsReady | Should -BeFalse
        $setup.Report.Problems.Id | Should -Be 'Database.Create', 'Schema.Create'
        $setup.Files.Action | Select-Object -Unique | Should -Be Created
        $setup.NextCommands | Should -BeLike 'psql * -f *fix.sql*'
    }

    It 'the SQL in fix.sql makes the database ready' {
        Invoke-SandboxSql $server (Get-Content "$folder/fix.sql" -Raw)
        $setup = Invoke-LangSmithPgSetup $text -OutputPath $folder
        $setup.IsReady | Should -BeTrue
        ($setup.Files | Where-Object Action -EQ Unchanged).Path | Split-Path -Leaf | Should -Be 'postgres-secret.yaml', 'values.yaml', 'preflight.yaml'
        $setup.NextCommands[-1] | Should -BeLike '*helm upgrade --install langsmith*'
    }

    It 'a colleague goes on with nothing but the Secret' {
        Get-Content "$folder/postgres-secret.yaml" | Test-LangSmithPgReadiness -Quiet | Should -BeTrue
        (Get-LangSmithPgConnection "$folder/postgres-secret.yaml").ToPlainText() | Should -Be $text
    }

    It 'the values are valid, and what helm gives of them is too' {
        Test-LangSmithHelmValues "$folder/values.yaml" | ForEach-Object IsValid | Should -BeTrue
        'USER-SUPPLIED VALUES:', (Get-Content "$folder/values.yaml") | ForEach-Object { $_ } | Test-LangSmithHelmValues | ForEach-Object IsValid | Should -BeTrue
    }

    It 'a table of databases tells which is not ready, and why' {
        Invoke-SandboxSql $server 'CREATE DATABASE second'
        $rows = 'langsmith', 'second' | ForEach-Object { [pscustomobject] @{ Server = $server.HostName; Port = $server.Port; Datenbank = $_ } }
        $reports = $rows | Test-LangSmithPgReadiness -Credential $server.User -Ordered
        $reports.IsReady | Should -Be $true, $false
        $reports | Where-Object FailCount -GT 0 | ForEach-Object FirstProblem | Should -BeLike '*may not create schemas*second*'
    }
}
