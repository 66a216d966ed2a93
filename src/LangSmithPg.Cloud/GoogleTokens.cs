using System.Text.Json;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Responses;
using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Files;
using LangSmithPg.Iam;

namespace LangSmithPg.Cloud;

/// <summary>Tokens of Google Cloud for Cloud SQL, as its Application Default Credentials.</summary>
static class GoogleTokens
{
    // Source: cloud.google.com/sql/docs/postgres/iam-logins.
    const string Scope = "https://www.googleapis.com/auth/sqlservice.login";

    const int ShortestLifetime = 300;
    const string Variable = "GOOGLE_APPLICATION_CREDENTIALS";
    const string LogIn = "Log in with gcloud auth application-default login, or specify a token: -AccessToken (gcloud sql generate-login-token).";

    public static async Task<AccessToken> AcquireAsync(CancellationToken cancellationToken)
    {
        try
        {
            var credential = (await FindCredentialAsync(cancellationToken)).CreateScoped(Scope);
            var text = await ((ITokenAccess)credential).GetAccessTokenForRequestAsync(cancellationToken: cancellationToken);
            var response = credential.UnderlyingCredential switch
            {
                ServiceCredential service => service.Token,
                UserCredential user => user.Token,
                _ => null,
            };
            var issued = response is null ? DateTime.UtcNow : response.IssuedUtc;
            return new(
                IamAuthProvider.Gcp, Secret.From(text)!, new DateTimeOffset(DateTime.SpecifyKind(issued, DateTimeKind.Utc)).AddSeconds(response?.ExpiresInSeconds ?? ShortestLifetime),
                credential.UnderlyingCredential.GetType().Name);
        }
        catch (TokenResponseException exception)
        {
            throw new TokenException(
                TokenProblemKind.TokenRefused, $"Google Cloud did not return a token: {exception.Error?.Error}{(exception.Error?.ErrorDescription is { } detail ? $", {detail}" : "")}.",
                "Check the service account and its key, and that the login has not expired (gcloud auth application-default login).", exception);
        }
        catch (HttpRequestException exception)
        {
            throw new TokenException(
                TokenProblemKind.TokenServiceUnreachable, $"Could not connect to Google Cloud: {exception.Message}", "Check the network and the proxy of this machine.", exception);
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or UnauthorizedAccessException or FormatException or JsonException or Newtonsoft.Json.JsonException)
        {
            throw new TokenException(TokenProblemKind.CredentialsNotFound, $"The Google Cloud credentials file cannot be used: {FilePath}.", LogIn, exception);
        }
    }

    // As the library's own search, which remembers for ever what it found first: a login, or that there was none.
    static async Task<GoogleCredential> FindCredentialAsync(CancellationToken cancellationToken) =>
        FilePath is { } file ? await ReadAsync(file, cancellationToken)
        : await ComputeCredential.IsRunningOnComputeEngine() ? GoogleCredential.FromComputeCredential(new ComputeCredential())
        : throw new TokenException(
            TokenProblemKind.CredentialsNotFound,
            $"No Google Cloud credentials were found. Searched: the variable {Variable}, gcloud's own ({WellKnownFile}), the machine's service account.", LogIn);

    static async Task<GoogleCredential> ReadAsync(string file, CancellationToken cancellationToken)
    {
        using var document = JsonDocument.Parse(SharedFile.ReadAllText(file));
        return document.RootElement.TryGetProperty("type", out var type) && type.GetString() is { } name
            ? await CredentialFactory.FromFileAsync(file, name, cancellationToken)
            : throw new FormatException("The file does not specify the type of the credentials.");
    }

    // A variable that names a file which is not there is a mistake, and no reason to look elsewhere.
    static string? FilePath => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : File.Exists(WellKnownFile) ? WellKnownFile : null;

    static string WellKnownFile => Path.Combine(
        Environment.GetEnvironmentVariable("CLOUDSDK_CONFIG") is { Length: > 0 } folder ? folder
        : OperatingSystem.IsWindows() ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "gcloud")
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config", "gcloud"),
        "application_default_credentials.json");
}
