using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Binding;

/// <summary>What is accepted as a connection besides text and objects of the module.</summary>
public sealed class ConnectionObjectTests : IDisposable
{
    readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("[pscustomobject]@{ Host = 'h'; database = 'd'; User = 'u'; password = 'p'; note = 'n' }", "u:p@h:5432/d?sslmode=require")]
    [InlineData("[pscustomobject]@{ hostname = 'h'; port = '6432'; dbname = 'd'; username = 'u'; sslmode = 'verify-full'; password = '' }", "u@h:6432/d?sslmode=verify-full")]
    [InlineData("[pscustomobject]@{ Server = 'h'; Datenbank = 'd'; Benutzer = 'u'; Kennwort = 'p' }", "u:p@h:5432/d?sslmode=require")]
    [InlineData("@{ HostName = 'h'; Database = 'd'; UserName = 'u'; Password = 'p'; SslMode = 'Disable' }", "u:p@h:5432/d?sslmode=disable")]
    [InlineData("@{ HostName = 'h'; Database = 'd'; UserName = 'u'; Parameter = @{ application_name = 'x' } }", "u@h:5432/d?sslmode=require&application_name=x")]
    [InlineData("[uri]'postgresql://u:p%40@h/d'", "u:p%40@h:5432/d")]
    public void An_object_that_describes_a_connection_is_one(string given, string plain) => Assert.Equal(
        plain, _session.Run($"{given} | ConvertFrom-LangSmithPgConnectionString | ForEach-Object ToPlainText").Single.BaseObject);

    // Property names from the reference of each cloud, or of its module.
    [Theory]
    [InlineData("[pscustomobject]@{ Name = 'db'; FullyQualifiedDomainName = 'db.postgres.database.azure.com'; AdministratorLogin = 'admin'; Version = '16' }", "u:p@db.postgres.database.azure.com:5432/d?sslmode=require")]
    [InlineData("[pscustomobject]@{ DBInstanceIdentifier = 'db'; Endpoint = [pscustomobject]@{ Address = 'db.rds.amazonaws.com'; Port = 6432 }; DBName = 'd2'; MasterUsername = 'admin' }", "u:p@db.rds.amazonaws.com:6432/d?sslmode=require")]
    [InlineData("[pscustomobject]@{ DBClusterIdentifier = 'db'; Endpoint = 'db.cluster.amazonaws.com'; Port = 6432; DatabaseName = 'd2' }", "u:p@db.cluster.amazonaws.com:6432/d?sslmode=require")]
    [InlineData("[pscustomobject]@{ databaseVersion = 'POSTGRES_16'; ipAddresses = @([pscustomobject]@{ type = 'PRIMARY'; ipAddress = '203.0.113.1' }, [pscustomobject]@{ type = 'PRIVATE'; ipAddress = '10.0.0.5' }) }", "u:p@10.0.0.5:5432/d?sslmode=require")]
    public void A_server_as_its_cloud_describes_it_needs_only_a_database_and_a_login(string server, string plain)
    {
        var result = _session.Run($"""
            $credential = [pscredential]::new('u', [System.Net.NetworkCredential]::new('', 'p').SecurePassword)
            ({server} | New-LangSmithPgConnectionString -Database d -Credential $credential).ToPlainText()
            """);
        Assert.Equal(plain, result.Single.BaseObject);
    }

    [Fact]
    public void A_server_s_administrator_is_not_the_role_that_LangSmith_uses() => Assert.Equal(
        "EmptyUserName",
        _session.Run("[pscustomobject]@{ FullyQualifiedDomainName = 'h'; AdministratorLogin = 'admin' } | Test-LangSmithPgConnection -Database d").ErrorId);

    [Theory]
    [InlineData("'u:p@127.0.0.1:1/d', 'u:p@127.0.0.1:2/e'")]
    [InlineData("([pscustomobject]@{ host = '127.0.0.1'; port = 1; database = 'd'; user = 'u' }), 'u:p@127.0.0.1:2/e'")]
    [InlineData("@(@{ HostName = '127.0.0.1'; Port = 1; Database = 'd'; UserName = 'u' }; 'u:p@127.0.0.1:2/e' | ConvertFrom-LangSmithPgConnectionString)")]
    public void Several_come_by_parameter(string connections)
    {
        foreach (var command in new[] { "Test-LangSmithPgReadiness -Ordered", "Test-LangSmithPgConnection" })
        {
            Assert.Equal(["127.0.0.1:1/d", "127.0.0.1:2/e"], _session.Run($"{command} -Connection {connections} | ForEach-Object Target").Output.Select(one => (string)one.BaseObject));
        }

        Assert.Equal(2, _session.Run($"New-LangSmithPgSecret {connections}").Output.Count);
        Assert.Equal(2, _session.Run($"New-LangSmithHelmValues {connections}").Output.Count);
        Assert.Equal(2, _session.Run($"ConvertFrom-LangSmithPgConnectionString {connections}").Output.Count);
        Assert.Equal(8, _session.Run($"Test-LangSmithPgConnectionString {connections}").Output.Count);
    }

    [Theory]
    [InlineData("'127.0.0.1' | Test-LangSmithPgConnection -Database d -UserName u -Port 1", "127.0.0.1:1/d")]
    [InlineData("Test-LangSmithPgConnection -HostName 127.0.0.1 -Database d -UserName u -Port 1", "127.0.0.1:1/d")]
    [InlineData("'u:p@127.0.0.1:1/d' | Test-LangSmithPgConnection -Database e", "127.0.0.1:1/e")]
    [InlineData("'postgresql://127.0.0.1:2/d' | Test-LangSmithPgConnection -UserName u -Port 1", "127.0.0.1:1/d")]
    [InlineData("[pscustomobject]@{ host = '127.0.0.1'; port = 1 } | Test-LangSmithPgConnection -Database d -UserName u", "127.0.0.1:1/d")]
    public void Parameters_give_what_the_input_lacks_and_replace_what_it_has(string script, string target) =>
        Assert.Equal(target, _session.Run(script).Single.Properties["Target"].Value);

    [Fact]
    public void Each_error_of_a_row_has_its_number()
    {
        var result = _session.Run("""
            [pscustomobject]@{ host = '127.0.0.1'; port = 1; database = 'd'; user = 'u' }, [pscustomobject]@{ host = '127.0.0.1'; port = 'x'; database = 'd'; user = 'u' },
            [pscustomobject]@{ host = ''; database = 'd'; user = 'u' } | Test-LangSmithPgConnection
            """);
        Assert.Equal(["Row 2: the value of Port is not a whole number.", "Row 3: No host is specified."], result.Errors.Where(one => one.ToString().StartsWith("Row", StringComparison.Ordinal)).Select(one => one.ToString()));
    }

    [Theory]
    [InlineData("Test-LangSmithPgReadiness")]
    [InlineData("New-LangSmithPgConnectionString")]
    [InlineData("New-LangSmithPgSecret")]
    public void A_table_that_another_delimiter_separates_is_told_without_its_values(string command)
    {
        var result = _session.Run($"[pscustomobject]@{{ 'Server;Datenbank;N33dle' = 'h;d;s3cret' }} | {command}");
        Assert.Equal("WrongDelimiter", result.ErrorId);
        Assert.Contains("-Delimiter ';'", result.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain("N33dle", result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Test-LangSmithPgReadiness")]
    [InlineData("New-LangSmithPgConnectionString")]
    public void What_was_read_in_the_wrong_encoding_is_refused(string command)
    {
        var result = _session.Run($"[pscustomobject]@{{ host = 'h'; database = 'd'; user = 'u'; password = \"p$([char]0xFFFD)w\" }} | {command}");
        Assert.Equal("DamagedText", result.ErrorId);
        Assert.StartsWith("Row 1: the value of Password", result.Errors[0].ToString(), StringComparison.Ordinal);
    }
}
