using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Binding;

/// <summary>Mistakes in the parts of a connection, in its text, and in what is taken for one.</summary>
public sealed class ConnectionMistakeTests : IDisposable
{
    readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("-Port 70000", "InvalidPort", "not a number from 1 to 65535", "5432")]
    [InlineData("-Port abc", "InvalidValue", "The value of Port is not a whole number", "Specify a whole number, or omit it.")]
    [InlineData("-SslMode required", "InvalidValue", "The value of SslMode is not one of", "Did you mean Require?")]
    [InlineData("-SslMode verifyfulll", "InvalidValue", "The value of SslMode is not one of", "Did you mean VerifyFull?")]
    [InlineData("-SslMode on", "InvalidValue", "The value of SslMode is not one of", "Specify one of Disable, Allow")]
    [InlineData("-IamAuthProvider Amazon", "InvalidValue", "The value of IamAuthProvider is not one of", "Did you mean Aws?")]
    [InlineData("-IamAuthProvider google", "InvalidValue", "The value of IamAuthProvider is not one of", "Did you mean Gcp?")]
    [InlineData("-IamAuthProvider 'Entra ID'", "InvalidValue", "The value of IamAuthProvider is not one of", "Did you mean Azure?")]
    [InlineData("-IamAuthProvider Azrue", "InvalidValue", "The value of IamAuthProvider is not one of", "Did you mean Azure?")]
    [InlineData("-IamAuthProvider Azure -Password N33dle", "PasswordWithIam", "the login uses IAM", "Remove the password")]
    public void A_part_that_is_not_valid_is_one_error(string arguments, string id, string message, string advice) =>
        Mistake.IsTold(_session, $"New-LangSmithPgConnectionString h d -UserName u {arguments}", id, message, advice);

    [Theory]
    [InlineData("https://db.example.com/", "The host is a whole URL", "ConvertFrom-LangSmithPgConnectionString")]
    [InlineData("db.example.com:5433", "contains a colon but is not an IPv6 address", "-Port, or host:port")]
    public void A_host_that_is_more_than_one_is_one_error(string host, string message, string advice) =>
        Mistake.IsTold(_session, $"New-LangSmithPgConnectionString {host} d -UserName u", "InvalidHost", message, advice);

    [Theory]
    [InlineData("", "EmptyText", "The connection string is empty", "user:password@host:port/database")]
    [InlineData(" ", "EmptyText", "The connection string is empty", "user:password@host:port/database")]
    [InlineData("postgresql://u:p/N33dle?r#s@h:5432/d", "UnencodedCharacter", "not encoded", "'/' as %2F")]
    [InlineData("jdbc:postgresql://h:5432/d?user=u&password=N33dle", "UnknownScheme", "'jdbc:postgresql://' is not a PostgreSQL URL scheme", "postgresql://")]
    [InlineData("mysql://u:N33dle@h/d", "UnknownScheme", "'mysql://' is not a PostgreSQL URL scheme", "of a PostgreSQL database")]
    [InlineData("postgresql+asyncpg://u:N33dle@h/d", "UnknownScheme", "'postgresql+asyncpg://'", "use postgresql://")]
    [InlineData("u:N33dle@h/d?sslmode=required", "InvalidSslMode", "The sslmode is not valid", "Did you mean require?")]
    public void A_text_that_cannot_be_read_is_one_error(string text, string id, string message, string advice)
    {
        _session.Set("text", text);
        Mistake.IsTold(_session, "$text | ConvertFrom-LangSmithPgConnectionString", id, message, advice);
    }

    [Theory]
    [InlineData("postgresql://u:N33dle@a,b/d", "2 hosts are specified", "the one address")]
    [InlineData("postgresql://u:{your_password}@h/d", "a placeholder from a template", "Replace it with the actual password")]
    [InlineData("postgresql://u:N33dle@h/d?sslmod=require", "does not support the parameter 'sslmod'", "Did you mean sslmode?")]
    public void A_text_that_can_be_read_but_is_doubtful_is_one_warning(string text, string message, string advice)
    {
        _session.Set("text", text);
        Mistake.IsWarnedOf(_session, "$text | ConvertFrom-LangSmithPgConnectionString", message, advice);
    }

    [Theory]
    [InlineData("Test-LangSmithPgReadiness $admin")]
    [InlineData("$admin | Test-LangSmithPgReadiness")]
    [InlineData("Install-LangSmithPgExtensions -Connection $admin")]
    [InlineData("$admin | New-LangSmithPgSecret")]
    [InlineData("$admin | New-LangSmithHelmValues")]
    [InlineData("$admin | ConvertFrom-LangSmithPgConnectionString")]
    [InlineData("$admin | Test-LangSmithPgConnectionString")]
    [InlineData("$admin | Get-LangSmithPgConnection")]
    [InlineData("Get-LangSmithPgAccessToken -Connection $admin")]
    [InlineData("$admin | Set-LangSmithEnvFile x.env")]
    public void A_variable_that_was_never_set_is_one_error(string script) =>
        Mistake.IsTold(_session, script, "ConnectionIsNull", "The connection is null", "Check the name of the variable");

    [Theory]
    [InlineData("42 | Test-LangSmithPgConnection", "An object of type System.Int32 is not a connection", "Specify a connection string")]
    [InlineData("[pscustomobject]@{ size = 1 } | Test-LangSmithPgConnection", "none of the properties of a connection", "HostName, Database and UserName")]
    [InlineData("@{ size = 1 } | New-LangSmithPgSecret", "none of the properties of a connection", "HostName, Database and UserName")]
    public void An_object_that_is_something_else_is_one_error(string script, string message, string advice) =>
        Mistake.IsTold(_session, script, "NotAConnection", message, advice);

    [Theory]
    [InlineData("Test-LangSmithPgConnection")]
    [InlineData("New-LangSmithPgConnectionString")]
    [InlineData("New-LangSmithPgSecret")]
    public void A_connection_that_was_made_JSON_has_lost_its_password(string command) => Mistake.IsTold(
        _session, $"[pscustomobject]@{{ HostName = 'h'; Database = 'd'; UserName = 'u'; HasPassword = $true; FileParameters = @(); Password = [pscustomobject]@{{}} }} | {command}",
        "DeserializedConnection", "no longer contains its password", "from a credential");

    [Fact]
    public void The_text_of_such_JSON_is_the_same_mistake()
    {
        _session.Set("text", "{\n\"HostName\": \"h\",\n\"Database\": \"d\",\n\"UserName\": \"u\",\n\"HasPassword\": true,\n\"FileParameters\": [],\n\"Password\": {}\n}");
        Mistake.IsTold(_session, "$text -split '\n' | Test-LangSmithPgConnection", "DeserializedConnection", "no longer contains its password", "from a credential");
    }

    [Theory]
    [InlineData("{\"db_name\":{\"value\":\"d\"}}", "NoConnectionFound", "contains no connection to PostgreSQL", "terraform")]
    [InlineData("postgres:\n  external:\n    existingSecretName: pg", "ConnectionInSecret", "the connection is in the Secret pg", "kubectl get secret pg")]
    public void A_document_without_a_connection_is_one_error(string text, string id, string message, string advice)
    {
        _session.Set("text", text);
        Mistake.IsTold(_session, "$text -split '\n' | Test-LangSmithPgConnection", id, message, advice);
    }
}
