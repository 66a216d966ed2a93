BeforeDiscovery {
    Import-Module "$PSScriptRoot/Sandbox.psm1"
    $noServers = -not (Test-Sandbox)
}

Describe 'A server with a private authority that asks for client certificates' -Skip:$noServers {
    BeforeAll {
        Import-Module "$PSScriptRoot/Sandbox.psm1"
        Import-BuiltModule
        # client.crt, client.key and client.pfx, as an admin gets them from whoever issues certificates.
        $folder = (Get-Item TestDrive:/).FullName
        $server = Start-SandboxPostgres -ClientCertificate $folder
        $connection = New-LangSmithPgConnectionString $server.HostName langsmith -Port $server.Port -Credential $server.User -UseSystemRootCertificate
        $pfxPassword = [Net.NetworkCredential]::new('', 'pfx-password').SecurePassword
    }

    AfterAll { $server | Stop-Sandbox }

    It 'is verified in full by the connection string that LangSmith wants' {
        $connection.SslMode | Should -Be 'VerifyFull'
        $connection.UsesSystemRootCertificate | Should -BeTrue
    }

    It 'shows its certificate without a login, and what each driver makes of it' {
        $certificate = Get-LangSmithPgCertificate $server.HostName -Port $server.Port -CaCertificate $server.CaCertificate
        $certificate.Subject | Should -Be 'CN=localhost'
        $certificate.AsksForClientCertificate | Should -BeTrue
        $certificate.Sent[0] | Should -Be 'CN=localhost'
        $certificate.Verdicts[0].Driver | Should -Be 'Libpq'
        $certificate.Verdicts | Where-Object SslMode -EQ VerifyFull | ForEach-Object Outcome | Should -Contain 'Verified'
    }

    It 'gets its authority into a Secret, once that has been tried against it' {
        $ca = New-LangSmithCaSecret $server.CaCertificate -VerifyAgainst $connection
        $yaml = $ca | ConvertTo-LangSmithYaml
        $yaml | Should -Match '(?m)^  name: langsmith-custom-ca$'
        $yaml | Should -Match '(?m)^  ca.crt: \|\n    -----BEGIN CERTIFICATE-----$'
    }

    It 'gets the client''s certificate and key into a Secret, from PEM files' {
        $yaml = New-LangSmithMtlsSecret "$folder/client.crt" "$folder/client.key" -Connection $connection | ConvertTo-LangSmithYaml
        $yaml | Should -Match '(?m)^  name: postgres-mtls-secret$'
        $yaml | Should -Match '(?m)^  tls.crt: \|\n    -----BEGIN CERTIFICATE-----$'
        $yaml | Should -Match '(?m)^  tls.key: \|\n    -----BEGIN PRIVATE KEY-----$'
    }

    It 'and from a PFX, as Windows exports it' {
        $yaml = New-LangSmithMtlsSecret -PfxPath "$folder/client.pfx" -Password $pfxPassword -Connection $connection | ConvertTo-LangSmithYaml
        $yaml | Should -Match '(?m)^  tls.key: \|\n    -----BEGIN PRIVATE KEY-----$'
    }

    It 'lets LangSmith in with both, as a live check does' {
        $ca = New-LangSmithCaSecret $server.CaCertificate
        $mtls = New-LangSmithMtlsSecret "$folder/client.crt" "$folder/client.key"
        $connection | Test-LangSmithPgConnection -CaCertificate $ca -ClientCertificate $mtls -Quiet | Should -BeTrue

        $report = $connection | Test-LangSmithPgReadiness -CaCertificate $ca -ClientCertificate $mtls
        $report.Findings | Where-Object Id -Like 'Tls.*' | ForEach-Object Status | Select-Object -Unique | Should -Be 'Pass'
    }

    It 'refuses who has no client certificate, and the reason is told' {
        $test = $connection | Test-LangSmithPgConnection -CaCertificate $server.CaCertificate
        $test.Authenticated | Should -BeFalse
        $test.Failure.Kind | Should -Be 'ClientCertificateMissing'
    }

    It 'a key that is not the certificate''s is refused before it becomes a Secret' {
        $other = [Security.Cryptography.RSA]::Create(2048).ExportPkcs8PrivateKeyPem()
        Set-Content "$folder/other.key" $other
        { New-LangSmithMtlsSecret "$folder/client.crt" "$folder/other.key" -ErrorAction Stop } | Should -Throw -ErrorId 'KeyMismatch,*'
    }

    It 'is described in the values, with the group that lets pods read the key' {
        $ca = New-LangSmithCaSecret $server.CaCertificate
        $mtls = New-LangSmithMtlsSecret "$folder/client.crt" "$folder/client.key"
        'myuser:mypassword@myhost:5432/mydatabase?sslmode=verify-full&sslrootcert=system' |
            New-LangSmithHelmValues -IncludeConnectionUrl -CaSecret $ca -ClientCertificateSecret $mtls |
            Set-LangSmithPodSecurityContext | ConvertTo-LangSmithYaml | Should -BeExactly @'
postgres:
  external:
    enabled: true
    connectionUrl: "myuser:mypassword@myhost:5432/mydatabase?sslmode=verify-full&sslrootcert=system"
    customTls: true
    clientCert:
      secretName: postgres-mtls-secret
      certSecretKey: tls.crt
      keySecretKey: tls.key
config:
  customCa:
    secretName: langsmith-custom-ca
    secretKey: ca.crt
commonPodSecurityContext:
  fsGroup: 1000
'@
    }
}

Describe 'Set-LangSmithPodSecurityContext -PerPod' {
    It 'sets the group on each pod that reaches PostgreSQL, where the chart takes it' {
        Import-Module "$PSScriptRoot/Sandbox.psm1"
        Import-BuiltModule
        $yaml = Set-LangSmithPodSecurityContext -PerPod -ChartVersion 0.12.34 | ConvertTo-LangSmithYaml
        foreach ($component in 'backend', 'queue', 'platformBackend', 'hostBackend') {
            $yaml | Should -Match "(?m)^${component}:\n  deployment:\n    podSecurityContext:\n      fsGroup: 1000$"
        }
    }
}
