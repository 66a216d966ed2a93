using LangSmithPg.Iam;

namespace LangSmithPg.Cloud;

/// <summary>Asks the clouds for tokens, as whoever is logged in on this machine, or as the machine itself. Never asks anybody anything.</summary>
public static class AccessTokens
{
    /// <summary>A new token.</summary>
    /// <param name="request">What it is asked for with.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TokenException">There is none.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static async Task<AccessToken> AcquireAsync(TokenRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        // Some of the clouds' libraries work a while before they first listen, or do not listen at all.
        var work = Task.Run(
            () => request switch
            {
                AzureTokenRequest azure => AzureTokens.AcquireAsync(azure, cancellationToken),
                AwsTokenRequest aws => AwsTokens.AcquireAsync(aws, DateTime.UtcNow, cancellationToken),
                _ => GoogleTokens.AcquireAsync(cancellationToken),
            },
            cancellationToken);
        return await work.WaitAsync(cancellationToken);
    }
}
