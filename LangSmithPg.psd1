@{
    RootModule             = 'LangSmithPg.dll'
    ModuleVersion          = '0.1.0'
    GUID                   = 'b3c1e1e4-6f0a-4d27-9f5e-2a6c7d8f9e10'
    Author                 = 'LangSmithPg contributors'
    CompanyName            = 'LangSmithPg'
    Copyright              = '(c) 2026 LangSmithPg contributors. MIT licence.'
    Description            = 'Connects self-hosted LangSmith to your own PostgreSQL: builds and checks the connection string, proves the live server ready before helm upgrade, and writes the Helm values and Kubernetes Secrets.'

    # Npgsql no longer runs on .NET Framework, so Windows PowerShell 5.1 cannot load this module. PowerShell 7.4 and later can.
    PowerShellVersion      = '7.4'
    CompatiblePSEditions   = @('Core')

    FormatsToProcess       = @('LangSmithPg.Format.ps1xml')
    TypesToProcess         = @('LangSmithPg.Types.ps1xml')

    # With commas, PowerShell takes the list as it is; without, it compiles each line.
    CmdletsToExport        = @(
        'Compare-LangSmithPgDatabase'
        'Compare-LangSmithPgReport',
        'ConvertFrom-LangSmithPgConnectionString',
        'ConvertTo-LangSmithYaml',
        'Copy-LangSmithPgDatabase',
        'Export-LangSmithHelmValues',
        'Export-LangSmithPgReport',
        'Export-LangSmithYaml',
        'Get-LangSmithPgAccessToken',
        'Get-LangSmithPgCertificate',
        'Get-LangSmithComponent',
        'Get-LangSmithPgConnection',
        'Get-LangSmithPgDatabase',
        'Get-LangSmithPgServer',
        'Initialize-LangSmithPgDatabase',
        'Install-LangSmithPgExtensions',
        'Invoke-LangSmithPgSetup',
        'Invoke-LangSmithPgSupportQuery',
        'Measure-LangSmithPgConnectionBudget',
        'New-LangSmithCaSecret',
        'New-LangSmithMtlsSecret',
        'New-LangSmithPgConnectionString',
        'New-LangSmithHelmValues',
        'New-LangSmithPgIamRole',
        'New-LangSmithPgMoveJob',
        'New-LangSmithPgPreflightJob',
        'New-LangSmithPgSecret',
        'Receive-LangSmithPgMove',
        'Receive-LangSmithPgPreflight',
        'Set-LangSmithIamAnnotations',
        'Set-LangSmithEnvFile',
        'Set-LangSmithPgOwner',
        'Set-LangSmithPodSecurityContext',
        'Test-LangSmithHelmValues',
        'Test-LangSmithPgConnection',
        'Test-LangSmithPgConnectionString',
        'Test-LangSmithPgExtensions',
        'Test-LangSmithPgHealth',
        'Test-LangSmithPgMove',
        'Test-LangSmithPgReadiness',
        'Test-LangSmithPgRelease'
    )
    FunctionsToExport      = @()
    VariablesToExport      = @()
    AliasesToExport        = @()

    PrivateData            = @{
        PSData = @{
            Tags                     = @('LangSmith', 'PostgreSQL', 'Postgres', 'Helm', 'Kubernetes', 'Azure', 'AWS', 'GCP', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            ProjectUri               = 'https://www.powershellgallery.com/packages/LangSmithPg'
            LicenseUri               = 'https://opensource.org/license/mit'
            RequireLicenseAcceptance = $false
            ReleaseNotes             = @'
0.1.0: the first release.

- Connection strings built, read in four forms, and judged as libpq, asyncpg, pgx and the LangSmith chart will read them.
- Live servers judged before helm upgrade: version, TLS, poolers, privileges, extensions, limits; with the fix for what fails, rehearsed on request, as a report in HTML, Markdown, JSON or JUnit.
- Helm values and Kubernetes Secrets for passwords, TLS, mTLS and the identities of Azure, AWS and Google Cloud; values files and .env files edited in place, and held against the chart.
- Roles, extensions and ownership in the database, done in one transaction or given as SQL.

CHANGELOG.md in the module's folder has the details.
'@
        }
    }
}
