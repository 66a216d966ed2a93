BeforeAll {
    Import-Module "$PSScriptRoot/Sandbox.psm1"
    Import-BuiltModule
}

Describe 'A cloud identity in place of a password' {
    It '<Provider>: the Secret has no password, and the values name the provider' -ForEach @(
        @{ Provider = 'Aws'; Name = 'aws' }
        @{ Provider = 'Gcp'; Name = 'gcp' }
        @{ Provider = 'Azure'; Name = 'azure' }
    ) {
        $connection = New-LangSmithPgConnectionString myhost mydatabase -UserName my-workload-identity -IamAuthProvider $Provider
        $connection | New-LangSmithPgSecret | ConvertTo-LangSmithYaml |
            Should -BeLike '*connection_url: "my-workload-identity@myhost:5432/mydatabase?sslmode=require"*'
        $connection | New-LangSmithHelmValues | ConvertTo-LangSmithYaml | Should -BeExactly @"
postgres:
  external:
    enabled: true
    existingSecretName: postgres-secret
    iamAuthProvider: $Name
"@
    }

    It 'requires TLS' {
        { New-LangSmithPgConnectionString h d -UserName u -IamAuthProvider Azure -SslMode Disable -ErrorAction Stop } | Should -Throw
    }

    It 'encodes the @ of a Google service account' {
        New-LangSmithPgConnectionString h d -UserName sa@project.iam -IamAuthProvider Gcp -AsPlainText |
            Should -BeExactly 'sa%40project.iam@h:5432/d?sslmode=require'
    }
}

Describe 'Set-LangSmithIamAnnotations' {
    It 'AWS: annotates the service account of every component that reaches PostgreSQL' {
        $yaml = Set-LangSmithIamAnnotations -RoleArn arn:aws:iam::123456789012:role/langsmith -ChartVersion 0.12.34 | ConvertTo-LangSmithYaml
        foreach ($component in 'backend', 'queue', 'platformBackend', 'hostBackend') {
            $yaml | Should -BeLike @"
*${component}:
  serviceAccount:
    annotations:
      eks.amazonaws.com/role-arn: "arn:aws:iam::123456789012:role/langsmith"
*
"@
        }
    }

    It 'Google Cloud: the same with its own annotation' {
        $yaml = Set-LangSmithIamAnnotations -ServiceAccount langsmith@project.iam.gserviceaccount.com -ChartVersion 0.12.34 | ConvertTo-LangSmithYaml
        $yaml | Should -BeLike @'
*backend:
  serviceAccount:
    annotations:
      iam.gke.io/gcp-service-account: "langsmith@project.iam.gserviceaccount.com"
*
'@
    }

    It 'Azure: labels the pods too, those of the jobs included' {
        $yaml = Set-LangSmithIamAnnotations -ClientId 0e4f8ecf-5d1c-4a53-9a2f-7c6f0f1d2b3a -ChartVersion 0.12.34 | ConvertTo-LangSmithYaml
        $yaml | Should -BeLike @'
*backend:
  serviceAccount:
    annotations:
      azure.workload.identity/client-id: "0e4f8ecf-5d1c-4a53-9a2f-7c6f0f1d2b3a"
  deployment:
    labels:
      azure.workload.identity/use: "true"
  migrations:
    labels:
      azure.workload.identity/use: "true"
*
'@
        foreach ($job in 'migrations', 'authBootstrap', 'feedbackConfigMigration', 'feedbackDataMigration') {
            $yaml | Should -Match "(?m)^  ${job}:\n    labels:\n      azure.workload.identity/use: `"true`"$"
        }
        $yaml | Should -Match '(?m)^e2eTest:\n  serviceAccount:'
    }

    It 'goes into the values file with the connection' {
        New-LangSmithPgConnectionString h d -UserName identity -IamAuthProvider Azure |
            New-LangSmithHelmValues |
            Set-LangSmithIamAnnotations -ClientId 0e4f8ecf-5d1c-4a53-9a2f-7c6f0f1d2b3a -ChartVersion 0.12.34 |
            Export-LangSmithHelmValues -Path TestDrive:/values.yaml
        (Test-LangSmithHelmValues TestDrive:/values.yaml -ChartVersion 0.12.34).IsValid | Should -BeTrue
    }

    It 'takes some components only' {
        $yaml = Set-LangSmithIamAnnotations -RoleArn arn:aws:iam::123456789012:role/langsmith -Component queue -ChartVersion 0.12.34 | ConvertTo-LangSmithYaml
        $yaml | Should -Match '(?m)^queue:'
        $yaml | Should -Not -Match '(?m)^platformBackend:'
    }
}

Describe 'Get-LangSmithComponent' {
    It 'names every workload that reaches PostgreSQL in a version of the chart' {
        $components = Get-LangSmithComponent -ChartVersion 0.12.34
        foreach ($name in 'backend', 'queue', 'platformBackend', 'hostBackend', 'backend.migrations', 'backend.authBootstrap',
            'backend.feedbackConfigMigration', 'backend.feedbackDataMigration', 'e2eTest') {
            $components.Name | Should -Contain $name
        }
    }

    It 'refuses a chart that knows no identities' {
        { Set-LangSmithIamAnnotations -RoleArn arn:aws:iam::123456789012:role/langsmith -ChartVersion 0.12.20 -ErrorAction Stop } | Should -Throw
    }
}

Describe 'New-LangSmithPgIamRole -AsScript' {
    It 'gives the SQL that makes the role on <Provider>' -ForEach @(
        @{ Provider = 'Aws'; More = @{}; Sql = 'GRANT rds_iam TO "langsmith-identity"' }
        @{ Provider = 'Azure'; More = @{ ObjectId = '5f0b0c7c-6d43-4f0e-9a53-3f1f2a9f6c11' }; Sql = 'pgaadauth_create_principal_with_oid' }
    ) {
        $script = New-LangSmithPgConnectionString h langsmith -UserName admin -Password 'p' |
            New-LangSmithPgIamRole -Provider $Provider -RoleName langsmith-identity @More -AsScript
        $script | Should -BeLike "*$Sql*"
        $script | Should -BeLike '*GRANT USAGE, CREATE ON SCHEMA "public" TO "langsmith-identity";*'
    }
}

Describe 'Get-LangSmithPgAccessToken' {
    BeforeAll {
        $kept = $env:AWS_ACCESS_KEY_ID, $env:AWS_SECRET_ACCESS_KEY
        # Keys of nobody: a token of RDS is signed on this machine, and nobody is asked.
        $env:AWS_ACCESS_KEY_ID, $env:AWS_SECRET_ACCESS_KEY = 'AKIDEXAMPLE', 'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY'
    }

    AfterAll { $env:AWS_ACCESS_KEY_ID, $env:AWS_SECRET_ACCESS_KEY = $kept }

    It 'gives a token that stays secret until it is asked for' {
        $token = Get-LangSmithPgAccessToken Aws -HostName db.abc.eu-central-1.rds.amazonaws.com -UserName langsmith -Region eu-central-1
        $token.Token | Should -BeOfType securestring
        $token.ExpiresOn | Should -BeGreaterThan ([DateTimeOffset]::Now)
        $token | Format-List * | Out-String | Should -Not -Match 'X-Amz-Signature'
    }

    It '-AsPlainText gives it for psql' {
        Get-LangSmithPgAccessToken Aws -HostName db.abc.eu-central-1.rds.amazonaws.com -UserName langsmith -Region eu-central-1 -AsPlainText |
            Should -BeLike 'db.abc.eu-central-1.rds.amazonaws.com:5432/?*X-Amz-Signature=*'
    }
}
