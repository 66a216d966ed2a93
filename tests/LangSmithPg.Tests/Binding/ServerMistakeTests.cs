using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Binding;

/// <summary>Mistakes that a server notices, and those in the parameters of cmdlets that connect to one.</summary>
public sealed class ServerMistakeTests : IDisposable
{
    const string Connection = "'u:N33dle@127.0.0.1:1/d?sslmode=require'";

    readonly LiveServer _server;
    readonly ModuleSession _session = new();

    public ServerMistakeTests(LiveServer server) => _server = server;

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("-Database bare -UserName guest -Password N33dle", "AuthenticationFailed", "rejects the login of user guest", "Check user and password")]
    [InlineData("-Database bare -UserName guest", "PasswordMissing", "requires a password for user guest", "-Credential")]
    [InlineData("-Database langsmit -UserName guest -Password $password", "DatabaseNotFound", "Database langsmit does not exist", "CREATE DATABASE \"langsmit\"")]
    [InlineData("-Database bare -UserName guest -Password $password -SslMode VerifyFull -UseSystemRootCertificate", "CertificateNotTrusted", "certificate is not trusted", "-CaCertificate")]
    public void What_the_server_refuses_is_one_error(string arguments, string id, string message, string advice)
    {
        _session.Set("password", LiveServer.Password);
        Mistake.IsTold(_session, $"New-LangSmithPgConnectionString localhost -Port {_server.Port} {arguments} | Get-LangSmithPgServer", id, message, advice);
    }

    [Theory]
    [InlineData($"{Connection} | Get-LangSmithPgServer", "ConnectionRefused", "127.0.0.1:1 refused the connection", "Check the port")]
    [InlineData($"{Connection} | Test-LangSmithPgReadiness -MinimumStatus Fails", "InvalidValue", "The value of MinimumStatus is not one of", "Did you mean Fail?")]
    [InlineData($"{Connection} | Test-LangSmithPgReadiness -MinimumMemory 8", "InvalidValue", "The value of MinimumMemory is not a memory size", "such as 8GB")]
    [InlineData($"{Connection} | Test-LangSmithPgReadiness -MinimumMemory much", "InvalidValue", "The value of MinimumMemory is not a memory size", "such as 8GB")]
    [InlineData($"{Connection} | Test-LangSmithPgConnection -SslMode required", "InvalidValue", "The value of SslMode is not one of", "Did you mean Require?")]
    [InlineData($"{Connection} | Test-LangSmithPgConnection -IamAuthProvider Amazon", "InvalidValue", "The value of IamAuthProvider is not one of", "Did you mean Aws?")]
    [InlineData($"{Connection} | New-LangSmithPgIamRole -Provider Google -RoleName r", "InvalidValue", "The value of Provider is not one of", "Did you mean Gcp? Specify one of Aws, Gcp, Azure.")]
    [InlineData($"{Connection} | New-LangSmithPgIamRole -Provider Azure -RoleName r -ObjectId abc", "InvalidValue", "The value of ObjectId is not a GUID", "Specify a GUID")]
    [InlineData("Get-LangSmithPgAccessToken Amazon", "InvalidValue", "The value of Provider is not one of", "Did you mean Aws?")]
    [InlineData("Get-LangSmithPgAccessToken Aws", "AwsNeedsServer", "for one server and one role", "-HostName and -UserName")]
    [InlineData($"{Connection} | Test-LangSmithPgConnection -AccessToken $expired", "TokenExpired", "expired at 2020-09-13", "Get a new token")]
    public void A_parameter_that_is_not_valid_is_one_error(string script, string id, string message, string advice)
    {
        // {"alg":"none"}.{"exp":1600000000}
        _session.Set("expired", "eyJhbGciOiJub25lIn0.eyJleHAiOjE2MDAwMDAwMDB9.N33dle");
        Mistake.IsTold(_session, script, id, message, advice);
    }

    [Theory]
    [InlineData("8GB")]
    [InlineData("'8GB'")]
    [InlineData("'8 GiB'")]
    [InlineData("8Gi")]
    [InlineData("8589934592")]
    [InlineData("'8589934592'")]
    public void A_size_is_read_in_the_units_that_people_use(string size)
    {
        _session.Set("password", LiveServer.Password);
        var finding = _session.Run($"""
            (New-LangSmithPgConnectionString {_server.Arguments("owner", "ready")} | Test-LangSmithPgReadiness -MinimumMemory {size}).Findings | Where-Object Id -eq Server.Memory
            """).Single;
        Assert.Contains("8", finding.Properties["Message"].Value.ToString(), StringComparison.Ordinal);
        Assert.NotEqual("Unknown", finding.Properties["Status"].Value.ToString());
    }

    [Fact]
    public void A_token_that_is_none_is_not_told_as_a_password()
    {
        var error = Assert.Single(_session.Run(
            $"New-LangSmithPgConnectionString localhost bare -Port {_server.Port} -UserName guest -IamAuthProvider Azure | Get-LangSmithPgServer -AccessToken N33dle").Errors);
        Assert.Equal("AuthenticationFailed", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Contains("rejects the access token of user guest", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("New-LangSmithPgIamRole", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain(Mistake.Needle, $"{error} {error.TargetObject}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_of_no_time_is_one_error_that_says_the_least()
    {
        var error = Assert.Single(_session.Run($"{Connection} | Test-LangSmithPgConnection -TimeoutSeconds 0").Errors);
        Assert.Equal("ParameterArgumentValidationError", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Contains("TimeoutSeconds", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("0.1", error.ToString().Replace(',', '.'), StringComparison.Ordinal);
    }
}
