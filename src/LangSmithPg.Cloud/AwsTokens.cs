using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Iam;

namespace LangSmithPg.Cloud;

/// <summary>Tokens for Amazon RDS and Aurora, signed with the credentials that AWS's own tools would use.</summary>
static class AwsTokens
{
    public static async Task<AccessToken> AcquireAsync(AwsTokenRequest request, DateTime now, CancellationToken cancellationToken)
    {
        var region = request.Region ?? RegionOf(request.ProfileName) ?? throw new TokenException(
            TokenProblemKind.RegionUnknown, $"The region of {request.HostName} is not known.", "Specify it with -Region, or use the server name that AWS assigned, not an alias.");
        try
        {
            var credentials = FindCredentials(request.ProfileName);
            var keys = await credentials.GetCredentialsAsync().WaitAsync(cancellationToken);
            return new(
                IamAuthProvider.Aws, Secret.From(RdsSignature.Create(keys, request, region, now))!,
                new DateTimeOffset(now).AddSeconds(RdsSignature.Lifetime), credentials.GetType().Name);
        }
        catch (AmazonServiceException exception)
        {
            throw new TokenException(
                TokenProblemKind.TokenRefused, $"AWS did not return credentials: {Sentence(exception.Message)}",
                "Check the role and its trust, and that the login has not expired (aws sso login).", exception);
        }
        catch (Exception exception) when (exception is AmazonClientException or ArgumentException)
        {
            throw new TokenException(
                TokenProblemKind.CredentialsNotFound,
                $"No AWS credentials were found{(request.ProfileName is { } name ? $" in profile {name}" : "")}. Searched: the environment (AWS_ACCESS_KEY_ID, AWS_WEB_IDENTITY_TOKEN_FILE), "
                + $"profiles (~/.aws), the roles of the container and the machine. {Sentence(exception.Message)}",
                "Log in with aws sso login or aws configure, or specify a token: -AccessToken (aws rds generate-db-auth-token).", exception);
        }
    }

    static AWSCredentials FindCredentials(string? profile) => profile is null
        ? new DefaultAWSCredentialsIdentityResolver().ResolveIdentity(clientConfig: null)
        : Profiles().TryGetAWSCredentials(profile, out var credentials)
            ? credentials
            : throw new AmazonClientException($"The profile {profile} does not exist or has no credentials.");

    // The library itself looks at this variable once only.
    internal static CredentialProfileStoreChain Profiles() => new(Environment.GetEnvironmentVariable("AWS_SHARED_CREDENTIALS_FILE"));

    static string? RegionOf(string? profile) => profile is not null && Profiles().TryGetProfile(profile, out var found) && found.Region is { } region
        ? region.SystemName
        // Not the machine's own region: asking for it takes seconds where there is none.
        : Environment.GetEnvironmentVariable("AWS_REGION") ?? Environment.GetEnvironmentVariable("AWS_DEFAULT_REGION");

    static string Sentence(string message) => message.Split('\n', 2)[0].Trim().TrimEnd('.') + ".";
}
