BeforeAll {
    Import-Module (Get-ChildItem "$PSScriptRoot/../../out/LangSmithPg/*/LangSmithPg.psd1" | Sort-Object LastWriteTime | Select-Object -Last 1)
}

Describe 'New-LangSmithPgConnectionString' {
    It 'encodes a password that would break a URL' {
        $credential = [pscredential]::new('app', (ConvertTo-SecureString 'p@ss/w?rd#1' -AsPlainText -Force))
        New-LangSmithPgConnectionString -HostName db.example.com -Database langsmith -Credential $credential -AsPlainText |
            Should -BeExactly 'app:p%40ss%2Fw%3Frd%231@db.example.com:5432/langsmith?sslmode=require'
    }

    It 'takes the rows of a CSV file' {
        Set-Content TestDrive:/fleet.csv "host,port,database,user,password,sslmode`none,,d,u,p,verify-full`ntwo,6432,d,u,p,"
        Import-Csv TestDrive:/fleet.csv | New-LangSmithPgConnectionString | ForEach-Object ToString |
            Should -BeExactly @('u:****@one:5432/d?sslmode=verify-full', 'u:****@two:6432/d?sslmode=require')
    }

    It 'never shows the password: <_>' -ForEach 'Format-List *', 'Format-Table *', 'ConvertTo-Json -Depth 5', 'Out-String', 'ConvertTo-Csv', 'ConvertTo-Xml -As String -Depth 5' {
        $connection = New-LangSmithPgConnectionString h d -UserName u -Password 'S3cretNeedle' -Parameter @{ sslpassword = 'S3cretNeedle' }
        Invoke-Expression "`$connection | $_ | Out-String" | Should -Not -Match 'S3cretNeedle'
    }
}

Describe 'ConvertFrom-LangSmithPgConnectionString' {
    It 'says where a text is wrong, and never what stands there' {
        ConvertFrom-LangSmithPgConnectionString 'app:S3cret@db:99999/langsmith' -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeNullOrEmpty
        $problem.FullyQualifiedErrorId | Should -BeLike 'InvalidPort,*'
        $problem.Exception.Message | Should -BeLike '*characters 15-19*'
        $problem.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'stops a runbook that wants it so' {
        { ConvertFrom-LangSmithPgConnectionString 'mysql://u:p@h/d' -ErrorAction Stop } | Should -Throw -ErrorId 'UnknownScheme,*'
    }
}

Describe 'Manifests' {
    It 'go to a file and back' {
        'app:p@db/langsmith' | New-LangSmithPgSecret | Export-LangSmithYaml -Path TestDrive:/secret.yaml
        Get-Content TestDrive:/secret.yaml | Should -Contain '  connection_url: "app:p@db:5432/langsmith"'
    }
}

Describe 'Results across processes' {
    It 'keep their findings on the way back from a job' {
        $manifest = (Get-Module LangSmithPg).Path -replace 'LangSmithPg\.dll$', 'LangSmithPg.psd1'
        $report = Start-Job { Import-Module $using:manifest; 'u:p@127.0.0.1:1/d' | Test-LangSmithPgReadiness } | Receive-Job -Wait -AutoRemoveJob
        $report.Findings[0].Id | Should -BeExactly 'Connection'
        $report.Findings[0].Status.ToString() | Should -BeExactly 'Fail'
    }
}
