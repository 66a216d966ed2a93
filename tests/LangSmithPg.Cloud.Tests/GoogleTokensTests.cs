using System.Security.Cryptography;
using System.Text.Json;
using LangSmithPg.Iam;
using LangSmithPg.Sandbox.FaultInjection;

namespace LangSmithPg.Cloud.Tests;

/// <summary>Tokens of Google Cloud, from services on this machine that speak as Google's do.</summary>
[Collection(nameof(SharedEnvironment))]
public sealed class GoogleTokensTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("langsmithpg-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_service_accounts_key_signs_for_the_scope_of_Cloud_SQL()
    {
        string? claims = null;
        await using var service = new StubHttpServer(request =>
        {
            claims = Uri.UnescapeDataString(request.Body.Split("assertion=")[1]).Split('.')[1];
            return (200, """{"access_token":"N33dle-key","expires_in":3600,"token_type":"Bearer"}""");
        });
        using var variables = new Variables(("GOOGLE_APPLICATION_CREDENTIALS", WriteKey(service.Url)));

        var token = await AcquireAsync();

        Assert.Equal("N33dle-key", token.GetSecret().Reveal());
        Assert.InRange(token.ExpiresOn, DateTimeOffset.UtcNow.AddMinutes(50), DateTimeOffset.UtcNow.AddMinutes(70));
        using var asked = JsonDocument.Parse(Convert.FromBase64String(claims!.Replace('-', '+').Replace('_', '/').PadRight((claims.Length + 3) / 4 * 4, '=')));
        Assert.Equal("https://www.googleapis.com/auth/sqlservice.login", asked.RootElement.GetProperty("scope").GetString());
    }

    [Fact]
    public async Task A_login_that_comes_later_is_found()
    {
        using var none = new Variables(("GOOGLE_APPLICATION_CREDENTIALS", Path.Join(_folder, "nowhere.json")));
        Assert.Equal(TokenProblemKind.CredentialsNotFound, (await Assert.ThrowsAsync<TokenException>(AcquireAsync)).Kind);

        await using var service = new StubHttpServer(_ => (200, """{"access_token":"N33dle-user","expires_in":3600,"token_type":"Bearer"}"""));
        File.WriteAllText(
            Path.Join(_folder, "application_default_credentials.json"),
            """{"type":"authorized_user","client_id":"c","client_secret":"s","refresh_token":"r"}""".Replace("}", $",\"token_uri\":\"{service.Url}/token\"}}", StringComparison.Ordinal));
        File.Copy(WriteKey(service.Url), Path.Join(_folder, "application_default_credentials.json"), overwrite: true);
        using var found = new Variables(("CLOUDSDK_CONFIG", _folder));
        Assert.Equal("N33dle-user", (await AcquireAsync()).GetSecret().Reveal());
    }

    [Fact]
    public async Task A_machines_own_account_is_asked_through_its_metadata_service()
    {
        await using var service = new StubHttpServer(request => request.Target.Contains("/token", StringComparison.Ordinal)
            ? (200, """{"access_token":"N33dle-gce","expires_in":1800,"token_type":"Bearer"}""")
            : (200, "{}"));
        using var variables = new Variables(("GCE_METADATA_HOST", $"127.0.0.1:{service.Port}"), ("CLOUDSDK_CONFIG", _folder));

        var token = await AcquireAsync();

        Assert.Equal("N33dle-gce", token.GetSecret().Reveal());
        Assert.Contains(service.Asked, one => Uri.UnescapeDataString(one).Contains("scopes=https://www.googleapis.com/auth/sqlservice.login", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refusal_is_told_in_Googles_words()
    {
        await using var service = new StubHttpServer(_ => (400, """{"error":"invalid_grant","error_description":"Invalid JWT Signature."}"""));
        using var variables = new Variables(("GOOGLE_APPLICATION_CREDENTIALS", WriteKey(service.Url)));

        var problem = await Assert.ThrowsAsync<TokenException>(AcquireAsync);

        Assert.Equal(TokenProblemKind.TokenRefused, problem.Kind);
        Assert.Contains("invalid_grant, Invalid JWT Signature.", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_key_is_named_and_not_shown()
    {
        var file = Path.Join(_folder, "bad.json");
        File.WriteAllText(file, """{"type":"service_account","private_key":"N33dle""");
        using var variables = new Variables(("GOOGLE_APPLICATION_CREDENTIALS", file));

        var problem = await Assert.ThrowsAsync<TokenException>(AcquireAsync);

        Assert.Contains(file, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("N33dle", problem.ToString(), StringComparison.Ordinal);
    }

    string WriteKey(string url)
    {
        using var key = RSA.Create(2048);
        var file = Path.Join(_folder, "key.json");
        File.WriteAllText(file, JsonSerializer.Serialize(new
        {
            type = "service_account",
            project_id = "project",
            private_key_id = "1",
            private_key = key.ExportPkcs8PrivateKeyPem(),
            client_email = "langsmith@project.iam.gserviceaccount.com",
            client_id = "1",
            token_uri = $"{url}/token",
        }));
        return file;
    }

    static Task<AccessToken> AcquireAsync() => AccessTokens.AcquireAsync(new GcpTokenRequest(), TestContext.Current.CancellationToken);
}
