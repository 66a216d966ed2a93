BeforeDiscovery {
    Import-Module "$PSScriptRoot/Sandbox.psm1"
    $noServers = -not (Test-Sandbox)
}

Describe 'The way to another server' -Skip:$noServers {
    BeforeAll {
        Import-Module "$PSScriptRoot/Sandbox.psm1"
        Import-BuiltModule
        $server = Start-SandboxPostgres
        'old', 'new' | ForEach-Object { Invoke-SandboxSql $server "CREATE DATABASE $_" }
        $old, $new = 'old', 'new' | ForEach-Object { New-LangSmithPgConnectionString $server.HostName $_ -Port $server.Port -Credential $server.Admin }
        $data = 'CREATE TABLE runs (id int PRIMARY KEY, name text); INSERT INTO runs SELECT i, md5(i::text) FROM generate_series(1, 500) i'
        Invoke-SandboxSql $server $data old
    }

    AfterAll { $server | Stop-Sandbox }

    It 'is ready while the target is empty' {
        Test-LangSmithPgMove -From $old -To $new -Quiet | Should -BeTrue
        (Test-LangSmithPgMove -From $old -To $old).Problems.Id | Should -Contain 'Move.SameDatabase'
    }

    It 'is proven by a comparison, which finds the row that is not the same' {
        Invoke-SandboxSql $server $data new
        (Compare-LangSmithPgDatabase -Reference $old -Difference $new).Verdict | Should -Be 'equal'

        Invoke-SandboxSql $server 'UPDATE runs SET name = name || '' '' WHERE id = 7' new
        $comparison = Compare-LangSmithPgDatabase -Reference $old -Difference $new -Detailed
        $comparison.IsEqual | Should -BeFalse
        "$($comparison.DifferentTables[0].Rows[0])" | Should -Match '\b7\b'
        $comparison | Export-LangSmithPgReport TestDrive:/move.html
        Get-Content TestDrive:/move.html -Raw | Should -Match 'Compare\.Data'
    }

    It 'has a job for the cluster, and the steps around it' {
        Set-Content TestDrive:/values.yaml 'queue: {autoscaling: {keda: {enabled: true}}}', 'insights: {enabled: false}', 'polly: {enabled: false}'
        $job = New-LangSmithPgMoveJob TestDrive:/values.yaml -Namespace langsmith -ChartVersion 0.16.11
        $job.Workloads.Component | Should -Contain 'backend'
        $job.NextSteps | Should -Match 'kubectl annotate scaledobject.keda.sh langsmith-queue -n langsmith autoscaling.keda.sh/paused-replicas=0'
        $job | Export-LangSmithYaml TestDrive:/move.yaml
        Get-Content TestDrive:/move.yaml -Raw | Should -Match '(?m)^\s+"?image"?: "?postgres:16'
    }
}

Describe 'A server that runs' -Skip:$noServers {
    BeforeAll {
        Import-Module "$PSScriptRoot/Sandbox.psm1"
        Import-BuiltModule
        $server = Start-SandboxPostgres
        $admin = New-LangSmithPgConnectionString $server.HostName langsmith -Port $server.Port -Credential $server.Admin
    }

    AfterAll { $server | Stop-Sandbox }

    It 'is healthy, and a sequence near its end is not' {
        ($admin | Test-LangSmithPgHealth).IsReady | Should -BeTrue
        Invoke-SandboxSql $server 'CREATE TABLE old (id serial); SELECT setval(''old_id_seq'', 2000000000)'
        $report = $admin | Test-LangSmithPgHealth
        $report.Problems.Id | Should -Be 'Health.Sequences'
        Invoke-SandboxSql $server $report.FixSql
        ($admin | Test-LangSmithPgHealth).IsReady | Should -BeTrue
    }

    It 'says how much it has grown since the report of the night before' {
        $admin | Test-LangSmithPgHealth | Export-LangSmithPgReport TestDrive:/health.json
        $report = $admin | Test-LangSmithPgHealth -Baseline TestDrive:/health.json
        ($report.Findings | Where-Object Id -EQ Health.Growth).Status | Should -Be Pass
    }
}
