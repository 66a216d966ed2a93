using LangSmithPg.Tests.Sessions;

namespace LangSmithPg.Tests.Binding;

/// <summary>What people type by mistake, and the one message that each of them gets.</summary>
public sealed class MistakeTests : IDisposable
{
    readonly ModuleSession _session = new();

    public MistakeTests() => _session.Run("$credential = [pscredential]::new('u', [System.Net.NetworkCredential]::new('', 'N33dle').SecurePassword)").ThrowIfFailed();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("Test-LangSmithPgConnection db.example.com", "HostAlone", "-HostName, -Database and -Credential")]
    [InlineData("Test-LangSmithPgConnection $credential", "NotAConnection", "-Credential, together with -HostName and -Database")]
    [InlineData("42 | Test-LangSmithPgConnection", "NotAConnection", "connection string")]
    [InlineData("New-LangSmithPgConnectionString 'db.example.com,5433' d -UserName u", "InvalidHost", "-Port, or host:port")]
    [InlineData("Test-LangSmithPgConnection -HostName 'localhost,5433' -Database d -Credential $credential", "InvalidHost", "-Port, or host:port")]
    [InlineData("'Server=h,5433;Database=d;User Id=u;Password=N33dle' | ConvertFrom-LangSmithPgConnectionString", "InvalidHost", "-Port, or host:port")]
    [InlineData("Set-LangSmithIamAnnotations -ClientId 0e4f8ecf-5d1c-4a53-9a2f-7c6f0f1d2b3a -Component backnd", "UnknownComponent", "Did you mean backend?")]
    public void A_mistake_gets_one_message_that_says_what_to_do(string script, string id, string advice)
    {
        var error = Assert.Single(_session.Run(script).Errors);
        Assert.Equal(id, error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Contains(advice, error.ErrorDetails?.RecommendedAction ?? "", StringComparison.Ordinal);
        Assert.DoesNotContain("N33dle", $"{error} {error.ErrorDetails?.RecommendedAction} {error.TargetObject}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("psql \"host=h dbname=d user=u password=p sslmode=require\"", "u:p@h:5432/d?sslmode=require")]
    [InlineData("psql 'postgresql://u:p@h/d'", "u:p@h:5432/d")]
    [InlineData("psql postgresql://u:p@h/d?sslmode=require", "u:p@h:5432/d?sslmode=require")]
    [InlineData("Server=h;Database=d;User Id=u;Password=p;Encrypt=True", "u:p@h:5432/d?sslmode=require")]
    [InlineData("Server=h;Database=d;User Id=u;Password=p;Encrypt=Strict", "u:p@h:5432/d?sslmode=verify-full")]
    [InlineData("Server=h;Database=d;User Id=u;Password=p;Encrypt=False", "u:p@h:5432/d")]
    public void What_can_be_understood_is_not_a_mistake(string text, string plain)
    {
        _session.Set("text", text);
        Assert.Equal(plain, _session.Run("($text | ConvertFrom-LangSmithPgConnectionString).ToPlainText()").Single.BaseObject);
    }

    [Theory]
    [InlineData("Get-LangSmithPgCertificate 127.0.0.1:1 -TimeoutSeconds 1")]
    [InlineData("Get-LangSmithPgCertificate https://127.0.0.1:1/ -TimeoutSeconds 1")]
    public void An_address_of_a_browser_is_that_of_a_server(string script) =>
        Assert.Equal("ConnectionRefused", _session.Run(script).ErrorId);
}
