using LangSmithPg.Iam;

namespace LangSmithPg.Cloud;

/// <summary>Asks the clouds for tokens, as whoever is logged in on this machine, or as the machine itself. Never asks anybody anything.</summary>
static class AccessTokens
{
    // Nobody logs in to a pod.
    const string PodFix = "A pod uses the identity of its service account: annotate the account (and, on Azure, label the pods) with Set-LangSmithIamAnnotations, and configure the cloud identity to trust the account.";

    // Kubernetes sets it in every container.
    static bool IsPod => Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST") is { Length: > 0 };

    /// <summary>A new token.</summary>
    /// <param name="request">What it is asked for with.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TokenException">There is none.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static async Task<AccessToken> AcquireAsync(TokenRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        // Some of the clouds' libraries work a while before they first listen, or do not listen at all: a thread of its own keeps the
        // pool free for a fleet's other databases.
        var work = Task.Factory.StartNew(
            () => request switch
            {
                AzureTokenRequest azure => AzureTokens.AcquireAsync(azure, cancellationToken),
                AwsTokenRequest aws => AwsTokens.AcquireAsync(aws, DateTime.UtcNow, cancellationToken),
                _ => GoogleTokens.AcquireAsync(cancellationToken),
            },
            cancellationToken, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();
        try
        {
            return await work.WaitAsync(cancellationToken);
        }
        catch (TokenException exception) when (IsPod && exception.Kind is TokenProblemKind.CredentialsNotFound or TokenProblemKind.TokenRefused)
        {
            throw new TokenException(exception.Kind, exception.Message, PodFix, exception);
        }
    }
}
