BeforeAll {
    Import-Module "$PSScriptRoot/Sandbox.psm1"
    Import-BuiltModule
}

Describe 'New-LangSmithPgConnectionString' {
    It 'encodes a password that would break a URL' {
        New-LangSmithPgConnectionString -HostName db.example.com -Database langsmith -UserName app -Password 'p@ss/w?rd#1' -AsPlainText |
            Should -BeExactly 'app:p%40ss%2Fw%3Frd%231@db.example.com:5432/langsmith?sslmode=require'
    }

    It 'takes a credential, as Get-Credential or a vault gives it' {
        $credential = [pscredential]::new('app', [Net.NetworkCredential]::new('', 'p@ss').SecurePassword)
        New-LangSmithPgConnectionString db.example.com langsmith -Credential $credential -AsPlainText |
            Should -BeExactly 'app:p%40ss@db.example.com:5432/langsmith?sslmode=require'
    }

    It 'takes the rows of a CSV file' {
        Set-Content TestDrive:/fleet.csv "host,port,database,user,password,sslmode`none,,d,u,p,verify-full`ntwo,6432,d,u,p,"
        Import-Csv TestDrive:/fleet.csv | New-LangSmithPgConnectionString | ForEach-Object ToString |
            Should -BeExactly @('u:****@one:5432/d?sslmode=verify-full', 'u:****@two:6432/d?sslmode=require')
    }

    It 'needs no password for a cloud identity' {
        New-LangSmithPgConnectionString myhost mydatabase -UserName my-workload-identity -IamAuthProvider Azure -AsPlainText |
            Should -BeExactly 'my-workload-identity@myhost:5432/mydatabase?sslmode=require'
    }

    It 'never shows the password: <Name>' -ForEach @(
        @{ Name = 'Format-List'; View = { $_ | Format-List * } }
        @{ Name = 'Format-Table'; View = { $_ | Format-Table * } }
        @{ Name = 'ConvertTo-Json'; View = { $_ | ConvertTo-Json -Depth 5 } }
        @{ Name = 'ConvertTo-Csv'; View = { $_ | ConvertTo-Csv } }
        @{ Name = 'ConvertTo-Xml'; View = { $_ | ConvertTo-Xml -As String -Depth 5 } }
        @{ Name = 'Out-String'; View = { $_ } }
    ) {
        New-LangSmithPgConnectionString h d -UserName u -Password 'S3cretNeedle' -Parameter @{ sslpassword = 'S3cretNeedle' } |
            ForEach-Object $View | Out-String | Should -Not -Match 'S3cretNeedle'
    }
}

Describe 'ConvertFrom-LangSmithPgConnectionString' {
    It 'reads what people have: <Text>' -ForEach @(
        @{ Text = 'myuser:mypassword@myhost:5432/mydatabase' }
        @{ Text = 'myuser:mypassword@myhost/mydatabase' }
        @{ Text = 'postgres://myuser:mypassword@myhost/mydatabase' }
        @{ Text = 'postgresql://myuser:mypassword@myhost:5432/mydatabase' }
        @{ Text = 'host=myhost dbname=mydatabase user=myuser password=mypassword' }
        @{ Text = 'Server=myhost;Database=mydatabase;Port=5432;User Id=myuser;Password=mypassword' }
    ) {
        ConvertFrom-LangSmithPgConnectionString $Text | ForEach-Object ToPlainText |
            Should -BeExactly 'myuser:mypassword@myhost:5432/mydatabase'
    }

    It 'keeps the parameters of a URL' {
        ConvertFrom-LangSmithPgConnectionString 'myuser:mypassword@myhost:5432/mydatabase?sslmode=disable' | ForEach-Object ToPlainText |
            Should -BeExactly 'myuser:mypassword@myhost:5432/mydatabase?sslmode=disable'
    }

    It 'says where a text is wrong, and never what stands there' {
        ConvertFrom-LangSmithPgConnectionString 'app:S3cret@db:99999/langsmith' -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeNullOrEmpty
        $problem.FullyQualifiedErrorId | Should -BeLike 'InvalidPort,*'
        $problem.Exception.Message | Should -BeLike '*characters 15-19*'
        $problem.Exception.Message | Should -Not -Match 'S3cret'
        $problem.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }
}

Describe 'Test-LangSmithPgConnectionString' {
    It 'passes a text that everybody reads the same' {
        $verdicts = 'app:p%40ss@db.example.com:5432/langsmith?sslmode=require' | Test-LangSmithPgConnectionString
        $verdicts.Driver | Should -Be 'Libpq', 'Asyncpg', 'Pgx', 'LangSmithChart'
        $verdicts.Outcome | Select-Object -Unique | Should -Be 'Accepted'
    }

    It 'tells who is sent to another host by a raw @ in the password' {
        'app:p@ss@db.example.com/langsmith' | Test-LangSmithPgConnectionString | Where-Object Outcome -EQ Misread | ForEach-Object Driver |
            Should -Be 'Libpq', 'Asyncpg'
    }
}
