# LangSmith on your own PostgreSQL, from the first check to the files that helm and kubectl take.
# `dotnet run --project src/LangSmithPg.Quickstart` runs this against a PostgreSQL that it starts and removes again.
# To run it against a server of yours:
#   ./quickstart.ps1 -HostName db.example.com -Credential langsmith -RunSqlAsAdmin { param($Sql) psql -h db.example.com -U admin -d langsmith -c $Sql }
param(
    [Parameter(Mandatory)] [string] $HostName,
    [int] $Port = 5432,
    [string] $Database = 'langsmith',
    [Parameter(Mandatory)] [pscredential] $Credential,
    # How SQL is run by somebody who may grant: the database's administrator.
    [Parameter(Mandatory)] [scriptblock] $RunSqlAsAdmin,
    [string] $OutputFolder = 'quickstart-output'
)

Import-Module LangSmithPg

# 1. Describe the connection. The password has every character that breaks a URL; the module encodes it, and never shows it.
$connection = New-LangSmithPgConnectionString -HostName $HostName -Port $Port -Database $Database -Credential $Credential
$connection | Out-Host

# 2. Will everything that reads the text read the same? LangSmith is written in Python and Go, psql in C.
$connection | Test-LangSmithPgConnectionString | Out-Host

# 3. Is the server there, does it speak TLS, does it let the user in?
$connection | Test-LangSmithPgConnection | Out-Host

# 4. The six extensions that LangSmith needs. This user may not create them.
$connection | Test-LangSmithPgExtensions | Out-Host

# 5. Everything else that decides whether the migrations will run. Each failure says how to fix it.
$report = $connection | Test-LangSmithPgReadiness
$report | Out-Host

# 6. The administrator runs the SQL that the report gives.
& $RunSqlAsAdmin $report.FixSql

# 7. Now the database is ready.
$connection | Test-LangSmithPgReadiness | Out-Host

# 8. The Secret for kubectl, readable by you alone, and the values for helm, with no secret in them.
$connection | New-LangSmithPgSecret -Namespace langsmith | Export-LangSmithYaml -Path "$OutputFolder/postgres-secret.yaml" -Force
$connection | New-LangSmithHelmValues | Export-LangSmithYaml -Path "$OutputFolder/values.yaml" -Force
$connection | New-LangSmithHelmValues | ConvertTo-LangSmithYaml
