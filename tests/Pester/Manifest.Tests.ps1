BeforeAll {
    Import-Module "$PSScriptRoot/Sandbox.psm1"
    Import-BuiltModule
}

Describe 'A connection for Helm' {
    It 'goes into a Secret, which values without a secret in them name' {
        $connection = ConvertFrom-LangSmithPgConnectionString 'myuser:mypassword@myhost:5432/mydatabase?sslmode=require'

        $connection | New-LangSmithPgSecret -Namespace langsmith | ConvertTo-LangSmithYaml | Should -BeExactly @'
apiVersion: v1
kind: Secret
metadata:
  name: postgres-secret
  namespace: langsmith
type: Opaque
stringData:
  connection_url: "myuser:mypassword@myhost:5432/mydatabase?sslmode=require"
'@
        $connection | New-LangSmithHelmValues | ConvertTo-LangSmithYaml | Should -BeExactly @'
postgres:
  external:
    enabled: true
    existingSecretName: postgres-secret
'@
    }

    It 'stands in the values themselves where that is asked for' {
        'myuser:mypassword@myhost:5432/mydatabase' | New-LangSmithHelmValues -IncludeConnectionUrl | ConvertTo-LangSmithYaml | Should -BeExactly @'
postgres:
  external:
    enabled: true
    connectionUrl: "myuser:mypassword@myhost:5432/mydatabase"
'@
    }

    It 'goes to files, of which the one with the secret is its owner''s alone' {
        'app:p@db/langsmith' | New-LangSmithPgSecret | Export-LangSmithYaml -Path TestDrive:/secret.yaml
        Get-Content TestDrive:/secret.yaml | Should -Contain '  connection_url: "app:p@db:5432/langsmith"'
        if (-not $IsWindows) { (Get-Item TestDrive:/secret.yaml).UnixMode | Should -BeExactly '-rw-------' }
    }

    It 'shows no password at the prompt' {
        'app:S3cretNeedle@db/langsmith' | New-LangSmithPgSecret | Out-String | Should -Not -Match 'S3cretNeedle'
        'app:S3cretNeedle@db/langsmith' | New-LangSmithHelmValues -IncludeConnectionUrl | Format-List | Out-String | Should -Not -Match 'S3cretNeedle'
    }
}
