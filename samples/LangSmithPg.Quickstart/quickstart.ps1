# LangSmith on your own PostgreSQL, from the first check to the files that helm and kubectl take.
# `dotnet run --project samples/LangSmithPg.Quickstart` runs this against a PostgreSQL that it starts and removes again.
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

# 2. One command tests the database, and writes everything into a folder. This user lacks two privileges.
$setup = $connection | Invoke-LangSmithPgSetup -OutputPath $OutputFolder
$setup | Out-Host

# 3. The administrator runs the SQL that it wrote.
& $RunSqlAsAdmin ([IO.File]::ReadAllText("$OutputFolder/fix.sql"))

# 4. The same command again: now the database is ready, and the next commands are those that install LangSmith.
$connection | Invoke-LangSmithPgSetup -OutputPath $OutputFolder | Out-Host

# Its parts can be used separately. 5. Will everything that reads the text read the same? LangSmith is written in Python and Go, psql in C.
$connection | Test-LangSmithPgConnectionString | Out-Host

# 6. Is the server there, does it speak TLS, does it let the user in?
$connection | Test-LangSmithPgConnection | Out-Host

# 7. The six extensions that LangSmith needs. This user may create them now.
$connection | Test-LangSmithPgExtensions | Out-Host

# 8. What LangSmith's migrations will do, in a transaction that is rolled back.
$connection | Test-LangSmithPgReadiness -Rehearse | Out-Host

# 9. What was written is read again: the Secret, by whoever has only that.
Get-LangSmithPgConnection "$OutputFolder/postgres-secret.yaml" | Out-Host

# 10. The values for helm have no secret in them.
[IO.File]::ReadAllText("$OutputFolder/values.yaml")
