using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Identity;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Iam;
using AccessToken = LangSmithPg.Iam.AccessToken;

namespace LangSmithPg.Cloud;

/// <summary>Tokens of Microsoft Entra for Azure Database for PostgreSQL.</summary>
static partial class AzureTokens
{
    public static async Task<AccessToken> AcquireAsync(AzureTokenRequest request, CancellationToken cancellationToken)
    {
        var (authority, scope) = EndpointsOf(request.Cloud);
        var options = new DefaultAzureCredentialOptions
        {
            AuthorityHost = Environment.GetEnvironmentVariable("AZURE_AUTHORITY_HOST") is { Length: > 0 } given ? new(given) : authority,
            // These would ask somebody, or read what an editor keeps.
            ExcludeInteractiveBrowserCredential = true,
            ExcludeVisualStudioCredential = true,
            ExcludeVisualStudioCodeCredential = true,
            ExcludeBrokerCredential = true,
        };
        if (request.TenantId is { } tenant)
        {
            options.TenantId = tenant;
        }

        if (request.ClientId is { } client)
        {
            options.ManagedIdentityClientId = options.WorkloadIdentityClientId = client;
        }

        try
        {
            var token = await new DefaultAzureCredential(options).GetTokenAsync(new TokenRequestContext([scope], tenantId: request.TenantId), cancellationToken);
            return new(IamAuthProvider.Azure, Secret.From(token.Token)!, token.ExpiresOn, "Microsoft Entra");
        }
        catch (CredentialUnavailableException exception)
        {
            throw new TokenException(
                TokenProblemKind.CredentialsNotFound, $"No user is signed in to Azure, and this machine has no managed identity. Searched: {PlacesOf(exception)}.",
                "Log in with az login or Connect-AzAccount, or specify a token: -AccessToken (Get-AzAccessToken -ResourceTypeName OssRdbms -AsSecureString).", exception);
        }
        catch (AuthenticationFailedException exception)
        {
            throw new TokenException(
                TokenProblemKind.TokenRefused, $"Azure did not return a token: {Sentence(exception.Message)}",
                "Check the tenant (-TenantId), the identity (-ClientId), and that the login has not expired (az login).", exception);
        }
    }

    // Source: learn.microsoft.com, "Microsoft Entra authentication with Azure Database for PostgreSQL", and its pages for the other clouds.
    static (Uri Authority, string Scope) EndpointsOf(AzureCloud cloud) => cloud switch
    {
        AzureCloud.AzureUSGovernment => (AzureAuthorityHosts.AzureGovernment, "https://ossrdbms-aad.database.usgovcloudapi.net/.default"),
        AzureCloud.AzureChinaCloud => (AzureAuthorityHosts.AzureChina, "https://ossrdbms-aad.database.chinacloudapi.cn/.default"),
        _ => (AzureAuthorityHosts.AzurePublicCloud, "https://ossrdbms-aad.database.windows.net/.default"),
    };

    static string PlacesOf(Exception exception)
    {
        var places = Place().Matches(exception.Message).Select(match => match.Groups[1].Value).Distinct().ToList();
        return places.Count > 0 ? string.Join(", ", places) : Sentence(exception.Message).TrimEnd('.');
    }

    // Without the numbers by which Microsoft's support finds a request, and the pages to read.
    static string Sentence(string message)
    {
        var codes = Code().Match(message);
        var text = codes.Success ? codes.Value : message.Split('\n', 2)[0];
        return text.Split(" Trace ID", 2)[0].Split(" See ", 2)[0].Trim().TrimEnd('.') + ".";
    }

    [GeneratedRegex(@"\b(\w+Credential)\b")]
    private static partial Regex Place();

    [GeneratedRegex(@"AADSTS[0-9]+:[^\r\n]*")]
    private static partial Regex Code();
}
