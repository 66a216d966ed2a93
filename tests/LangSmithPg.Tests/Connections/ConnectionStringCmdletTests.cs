using System.Globalization;
using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Connections;

public sealed class ConnectionStringCmdletTests : IDisposable
{
    readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Builds_from_parts_with_TLS_required_by_default()
    {
        var text = _session.Run("New-LangSmithPgConnectionString db.example.com langsmith -UserName app -Password 'p@ss/w?rd' -AsPlainText").Single;
        Assert.Equal("app:p%40ss%2Fw%3Frd@db.example.com:5432/langsmith?sslmode=require", text.BaseObject);
    }

    [Fact]
    public void Builds_from_a_credential()
    {
        var connection = _session.Run("""
            $credential = [pscredential]::new('app', [System.Net.NetworkCredential]::new('', 'a b').SecurePassword)
            New-LangSmithPgConnectionString -HostName h -Database d -Credential $credential
            """).Single;
        Assert.Equal("app:****@h:5432/d?sslmode=require", connection.ToString());
        Assert.Equal("app:a%20b@h:5432/d?sslmode=require", connection.Methods["ToPlainText"].Invoke());
    }

    [Fact]
    public void Builds_from_the_columns_of_a_CSV_file_whose_cells_may_be_empty()
    {
        var result = _session.Run("""
            $rows = @(
                [pscustomobject]@{ host = 'one'; port = ''; database = 'd'; user = 'u'; password = 'p'; sslmode = 'verify-full'; schema = ''; iamAuthProvider = '' }
                [pscustomobject]@{ host = 'two'; port = '6432'; database = 'd'; user = 'id'; password = ''; sslmode = ''; schema = 'app'; iamAuthProvider = 'azure' }
            )
            $rows | New-LangSmithPgConnectionString
            """);
        Assert.Empty(result.Errors);
        Assert.Equal(["u:****@one:5432/d?sslmode=verify-full", "id@two:6432/d?sslmode=require"], result.Output.Select(one => one.ToString()));
        Assert.Equal("app", result.Output[1].Properties["Schema"].Value);
        Assert.Equal("Azure", result.Output[1].Properties["IamAuthProvider"].Value.ToString());
    }

    [Theory]
    [InlineData("Port", "543z", "Port", "whole number")]
    [InlineData("Port", "99999999999", "Port", "whole number")]
    [InlineData("SslMode", "requre", "SslMode", "VerifyFull")]
    [InlineData("SslMode", "7", "SslMode", "VerifyFull")]
    [InlineData("IamAuthProvider", "entra", "IamAuthProvider", "Azure")]
    [InlineData("UseSystemRootCertificate", "yes", "UseSystemRootCertificate", "true or false")]
    [InlineData("Parameter", "x=y", "Parameter", "hashtable")]
    public void A_cell_that_cannot_be_read_is_an_error_of_its_row_and_not_another_connection(string column, string cell, string parameter, string expected)
    {
        var result = _session.Run($$"""
            [pscustomobject]@{ HostName = 'one'; Database = 'd'; UserName = 'u'; {{column}} = '{{cell}}' }, [pscustomobject]@{ HostName = 'two'; Database = 'd'; UserName = 'u' } |
                New-LangSmithPgConnectionString
            """);

        Assert.Equal("u@two:5432/d?sslmode=require", result.Single.ToString());
        var error = Assert.Single(result.Errors);
        Assert.Equal("InvalidValue,LangSmithPg.Cmdlets.Connections.NewLangSmithPgConnectionStringCommand", error.FullyQualifiedErrorId);
        Assert.StartsWith($"Row 1: the value of {parameter} is not ", error.ToString(), StringComparison.Ordinal);
        Assert.Contains(expected, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(cell, error.ToString(), StringComparison.Ordinal);
        Assert.Null(error.TargetObject);
    }

    [Fact]
    public void Columns_and_properties_of_JSON_are_read_as_what_they_mean()
    {
        var result = _session.Run("""
            $rows = @(
                [pscustomobject]@{ HostName = 'h'; Database = 'd'; UserName = 'u'; UseSystemRootCertificate = 'true' }
                [pscustomobject]@{ HostName = 'h'; Database = 'd'; UserName = 'u'; UseSystemRootCertificate = 'False'; SslMode = 'verify-ca' }
                [pscustomobject]@{ HostName = 'h'; Database = 'd'; UserName = 'u'; UseSystemRootCertificate = ''; Port = [long]6432; Parameter = [pscustomobject]@{ application_name = 'a' } }
            )
            $rows | New-LangSmithPgConnectionString
            """);

        Assert.Empty(result.Errors);
        Assert.Equal(
            ["u@h:5432/d?sslmode=verify-full&sslrootcert=system", "u@h:5432/d?sslmode=verify-ca", "u@h:6432/d?sslmode=require&application_name=a"],
            result.Output.Select(one => one.ToString()));
    }

    [Fact]
    public void Files_of_this_machine_are_warned_about_where_they_go_to_LangSmith()
    {
        const string text = "'Host=h;Database=d;Username=u;Password=p;SSL Mode=VerifyFull;Root Certificate=C:\\ca.crt;SSL Certificate=C:\\c.crt'";

        foreach (var cmdlet in (string[])["New-LangSmithPgSecret", "New-LangSmithHelmValues -IncludeConnectionUrl"])
        {
            Assert.Contains("sslrootcert and sslcert specify files", Assert.Single(_session.Run($"{text} | {cmdlet}").Warnings), StringComparison.Ordinal);
        }

        Assert.Empty(_session.Run("'u:p@h/d?sslmode=verify-full&sslrootcert=system' | New-LangSmithPgSecret").Warnings);
        Assert.Empty(_session.Run($"{text} | New-LangSmithHelmValues").Warnings);
    }

    [Fact]
    public void System_roots_go_with_full_verification()
    {
        var text = _session.Run("New-LangSmithPgConnectionString h d -UserName u -UseSystemRootCertificate -AsPlainText").Single;
        Assert.Equal("u@h:5432/d?sslmode=verify-full&sslrootcert=system", text.BaseObject);

        var weaker = _session.Run("New-LangSmithPgConnectionString h d -UserName u -UseSystemRootCertificate -SslMode Require -AsPlainText");
        Assert.Contains("verify-full", Assert.Single(weaker.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Further_parameters_are_encoded_and_unknown_ones_named()
    {
        var result = _session.Run("New-LangSmithPgConnectionString h d -UserName u -Parameter ([ordered]@{ application_name = 'a&b'; nonsense = 1 }) -AsPlainText");
        Assert.Equal("u@h:5432/d?sslmode=require&application_name=a%26b&nonsense=1", result.Single.BaseObject);
        Assert.Contains("'nonsense'", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-HostName ' ' -Database d -UserName u", "EmptyHost")]
    [InlineData("-HostName 'h:5432' -Database d -UserName u", "InvalidHost")]
    [InlineData("-HostName h -Port 70000 -Database d -UserName u", "InvalidPort")]
    [InlineData("-HostName h -Port 0 -Database d -UserName u", "InvalidPort")]
    [InlineData("-HostName h -Port '-5432' -Database d -UserName u", "InvalidPort")]
    [InlineData("-HostName h -Database d -UserName u -IamAuthProvider Aws -Password s3cret", "PasswordWithIam")]
    [InlineData("-HostName h -Database d -UserName u -IamAuthProvider Aws -SslMode Prefer", "IamWithoutTls")]
    [InlineData("-HostName /tmp -Database d -UserName u", "UnixSocketHost")]
    public void Refuses_what_cannot_work(string arguments, string id)
    {
        var result = _session.Run($"New-LangSmithPgConnectionString {arguments}");
        Assert.Empty(result.Output);
        Assert.Equal(id, result.ErrorId);
        Assert.NotEmpty(result.Errors[0].ErrorDetails.RecommendedAction);
        Assert.Equal(System.Management.Automation.ErrorCategory.InvalidArgument, result.Errors[0].CategoryInfo.Category);
    }

    [Fact]
    public void A_URL_in_the_place_of_a_host_is_told_as_one()
    {
        var result = _session.Run("New-LangSmithPgConnectionString https://u:N33dle@db.example.com/d d -UserName u");
        Assert.Equal("InvalidHost", result.ErrorId);
        Assert.Equal("The host is a whole URL.", result.Errors[0].ToString());
        Assert.StartsWith("Specify only the name or address", result.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("u:p@h/d", "u:p@h:5432/d")]
    [InlineData("postgres://u:p@h/d", "u:p@h:5432/d")]
    [InlineData("postgresql://u:p@h:1/d?sslmode=require", "u:p@h:1/d?sslmode=require")]
    [InlineData("host=h dbname=d user=u password=p", "u:p@h:5432/d")]
    [InlineData("Server=h;Database=d;User Id=u;Password=p;Ssl Mode=Require;", "u:p@h:5432/d?sslmode=require")]
    public void Reads_every_form_that_people_keep(string text, string plain)
    {
        _session.Set("text", text);
        Assert.Equal(plain, _session.Run("$text | ConvertFrom-LangSmithPgConnectionString | ForEach-Object ToPlainText").Single.BaseObject);
    }

    [Fact]
    public void Goes_on_behind_a_text_that_cannot_be_read()
    {
        var result = _session.Run("'u:p@h:x/d', 'u:p@h/d', 'mysql://u:p@h/d' | ConvertFrom-LangSmithPgConnectionString");
        Assert.Equal("u:****@h:5432/d", result.Single.ToString());
        Assert.Equal(["InvalidPort", "UnknownScheme"], result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
    }

    [Fact]
    public void Takes_what_the_text_cannot_say()
    {
        var connection = _session.Run("ConvertFrom-LangSmithPgConnectionString 'id@h/d?sslmode=require' -IamAuthProvider Azure -Schema app").Single;
        Assert.Equal("Azure", connection.Properties["IamAuthProvider"].Value.ToString());
        Assert.Equal("app", connection.Properties["Schema"].Value);
        Assert.Equal("IamWithoutTls", _session.Run("ConvertFrom-LangSmithPgConnectionString 'id@h/d' -IamAuthProvider Azure").ErrorId);
    }

    [Fact]
    public void Judges_a_text_for_every_reader()
    {
        var verdicts = _session.Run("Test-LangSmithPgConnectionString 'u:p@ss@h/d'").Output;
        Assert.Equal(
            ["Libpq Misread", "Asyncpg Misread", "Pgx Accepted", "LangSmithChart Accepted"],
            verdicts.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Properties["Driver"].Value} {one.Properties["Outcome"].Value}")));
    }

    [Fact]
    public void An_object_that_has_nothing_of_a_connection_is_told_by_its_type() =>
        Assert.Equal(
            "An object of type Fleet.Row is not a connection.",
            _session.Run("[pscustomobject]@{ PSTypeName = 'Fleet.Row'; Size = 3 } | Test-LangSmithPgConnectionString").Errors.Single().ToString());

    [Fact]
    public void A_connection_that_lost_its_password_on_the_way_is_refused()
    {
        var serialized = System.Management.Automation.PSSerializer.Serialize(_session.Run("New-LangSmithPgConnectionString h d -UserName u -Password p").Single);
        _session.Set("back", System.Management.Automation.PSSerializer.Deserialize(serialized));
        Assert.Equal("DeserializedConnection", _session.Run("$back | Test-LangSmithPgConnection").ErrorId);
        Assert.Equal("DeserializedConnection", _session.Run("$back | New-LangSmithPgSecret").ErrorId);
    }

    [Fact]
    public void Shows_itself_masked_within_the_width()
    {
        var shown = _session.Show("New-LangSmithPgConnectionString db.example.com langsmith -UserName app -Password s3cret");
        Assert.Contains("app:****@db.example.com:5432/langsmith?sslmode=require", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", shown, StringComparison.Ordinal);
        Assert.All(shown.Split('\n'), line => Assert.True(line.Length <= ModuleSession.Width));
    }
}
