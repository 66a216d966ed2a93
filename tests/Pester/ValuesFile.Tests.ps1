BeforeAll {
    Import-Module "$PSScriptRoot/Sandbox.psm1"
    Import-BuiltModule
}

Describe 'Export-LangSmithHelmValues' {
    It 'goes into the values file that is there, and keeps the rest of it' {
        Set-Content TestDrive:/values.yaml @'
# Our LangSmith.
config:
    langsmithLicenseKey: 'key'   # of 2026
postgres:
    external: {}
'@
        'app:p@db/langsmith?sslmode=require' | New-LangSmithHelmValues | Export-LangSmithHelmValues -Path TestDrive:/values.yaml
        Get-Content TestDrive:/values.yaml -Raw | Should -BeExactly @'
# Our LangSmith.
config:
    langsmithLicenseKey: 'key'   # of 2026
postgres:
    external:
        enabled: true
        existingSecretName: postgres-secret

'@
    }

    It 'replaces what the file says otherwise with -Force alone' {
        Set-Content TestDrive:/other.yaml "postgres:`n  external:`n    existingSecretName: ours`n"
        $values = 'app:p@db/langsmith' | New-LangSmithHelmValues
        $values | Export-LangSmithHelmValues -Path TestDrive:/other.yaml -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem | Should -HaveCount 1
        Get-Content TestDrive:/other.yaml | Should -Contain '    existingSecretName: ours'

        $values | Export-LangSmithHelmValues -Path TestDrive:/other.yaml -Force -Backup
        Get-Content TestDrive:/other.yaml | Should -Contain '    existingSecretName: postgres-secret'
        Get-Content TestDrive:/other.yaml.bak | Should -Contain '    existingSecretName: ours'
    }
}

Describe 'Test-LangSmithHelmValues' {
    BeforeEach {
        Set-Content TestDrive:/values.yaml @'
postgres:
  external:
    enabled: true
    existingSecretNam: postgres-secret
    iamAuthProvider: Azure
'@
    }

    It 'finds a misspelt key and says which was meant' {
        $report = Test-LangSmithHelmValues TestDrive:/values.yaml -ChartVersion 0.12.34
        $report.IsValid | Should -BeFalse
        $unknown = $report.Findings | Where-Object Id -EQ 'Values.UnknownKey'
        $unknown.Line, $unknown.Column | Should -Be 4, 5
        $unknown.Fix | Should -BeLike '*postgres.external.existingSecretName*'
    }

    It 'mends what is safe to mend' {
        $null = Test-LangSmithHelmValues TestDrive:/values.yaml -ChartVersion 0.12.34 -Fix
        Get-Content TestDrive:/values.yaml | Should -Contain '    iamAuthProvider: azure'
        Get-Content TestDrive:/values.yaml | Should -Contain '    existingSecretNam: postgres-secret'
    }

    It 'passes what this module writes' {
        'app:p@db/langsmith?sslmode=require' | New-LangSmithHelmValues | Export-LangSmithHelmValues -Path TestDrive:/made.yaml
        (Test-LangSmithHelmValues TestDrive:/made.yaml -ChartVersion 0.12.34).IsValid | Should -BeTrue
    }

    It 'is one line of a pipeline' {
        if (-not (Test-LangSmithHelmValues TestDrive:/values.yaml -ChartVersion 0.12.34).IsValid) { $exitCode = 1 }
        $exitCode | Should -Be 1
    }
}

Describe 'Test-LangSmithHelmValues' {
    It 'shows each finding whole, and says which of them -Fix can fix' {
        Set-Content TestDrive:/provider.yaml "postgres:`n  external:`n    enabled: true`n    existingSecretName: pg`n    iamAuthProvider: Azure`n"
        $finding = (Test-LangSmithHelmValues TestDrive:/provider.yaml).Findings | Where-Object Id -EQ 'Values.IamProvider'
        $list = $finding | Format-List | Out-String
        $list | Should -Match '(?m)^Place +: .+provider\.yaml:5:5'
        $list | Should -Match '(?m)^CanFix +: True'
        $finding | Out-String | Should -Match 'Can be fixed with -Fix\.'
    }
}
