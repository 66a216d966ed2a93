using LangSmithPg.Iam;
using LangSmithPg.Sandbox.FaultInjection;

namespace LangSmithPg.Cloud.Tests;

/// <summary>Tokens of Azure, from services on this machine that speak as Azure's do.</summary>
[Collection(nameof(SharedEnvironment))]
public sealed class AzureTokensTests
{
    const string Public = "https://ossrdbms-aad.database.windows.net";

    [Theory]
    [InlineData(AzureCloud.AzureCloud, Public)]
    [InlineData(AzureCloud.AzureUSGovernment, "https://ossrdbms-aad.database.usgovcloudapi.net")]
    [InlineData(AzureCloud.AzureChinaCloud, "https://ossrdbms-aad.database.chinacloudapi.cn")]
    public async Task A_managed_identity_of_App_Service_is_asked_for_the_databases_token(AzureCloud cloud, string resource)
    {
        await using var service = new StubHttpServer(request => request.Headers.GetValueOrDefault("X-IDENTITY-HEADER") == "header"
            ? (200, $$"""{"access_token":"N33dle-{{cloud}}","expires_on":"{{DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds()}}","resource":"r","token_type":"Bearer"}""")
            : (401, "{}"));
        using var variables = new Variables(("IDENTITY_ENDPOINT", $"{service.Url}/msi/token"), ("IDENTITY_HEADER", "header"));

        var token = await AcquireAsync(new AzureTokenRequest { Cloud = cloud, ClientId = $"0e4f8ecf-5d1c-4a53-9a2f-00000000000{(int)cloud}" });

        Assert.Equal($"N33dle-{cloud}", token.GetSecret().Reveal());
        Assert.InRange(token.ExpiresOn, DateTimeOffset.UtcNow.AddMinutes(50), DateTimeOffset.UtcNow.AddMinutes(70));
        var asked = Uri.UnescapeDataString(Assert.Single(service.Asked));
        Assert.Contains($"resource={resource}", asked, StringComparison.Ordinal);
        Assert.Contains("client_id=0e4f8ecf", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("N33dle", token.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machines_identity_is_asked_through_its_metadata_service()
    {
        // As AKS's own service in front of the machine's does, it answers at once.
        await using var service = new StubHttpServer(_ => (
            200, $$"""{"access_token":"N33dle-imds","expires_on":"{{DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds()}}","expires_in":"3600","resource":"r","token_type":"Bearer"}"""));
        using var variables = new Variables(("AZURE_POD_IDENTITY_AUTHORITY_HOST", service.Url));

        var token = await AcquireAsync(new AzureTokenRequest());

        Assert.Equal("N33dle-imds", token.GetSecret().Reveal());
        Assert.Contains(service.Asked, one => one.Contains("/metadata/identity/oauth2/token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_login_the_error_says_where_it_looked()
    {
        await using var service = new StubHttpServer(_ => (400, """{"error":"invalid_request","error_description":"Identity not found"}"""));
        using var variables = new Variables(("AZURE_POD_IDENTITY_AUTHORITY_HOST", service.Url));

        var problem = await Assert.ThrowsAsync<TokenException>(() => AcquireAsync(new AzureTokenRequest()));

        Assert.Equal(TokenProblemKind.CredentialsNotFound, problem.Kind);
        foreach (var place in new[] { "EnvironmentCredential", "WorkloadIdentityCredential", "ManagedIdentityCredential", "AzureCliCredential", "AzurePowerShellCredential" })
        {
            Assert.Contains(place, problem.Message, StringComparison.Ordinal);
        }

        Assert.Contains("az login", problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_ends_when_the_caller_says_so()
    {
        using var release = new ManualResetEventSlim();
        await using var service = new StubHttpServer(_ =>
        {
            release.Wait();
            return (200, "{}");
        });
        using var variables = new Variables(("IDENTITY_ENDPOINT", $"{service.Url}/msi/token"), ("IDENTITY_HEADER", "header"));
        using var stop = new CancellationTokenSource();
        var work = AccessTokens.AcquireAsync(new AzureTokenRequest { ClientId = "0e4f8ecf-5d1c-4a53-9a2f-000000000009" }, stop.Token);
        while (service.Asked.IsEmpty)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
        release.Set();
    }

    static Task<AccessToken> AcquireAsync(TokenRequest request) => AccessTokens.AcquireAsync(request, TestContext.Current.CancellationToken);
}
