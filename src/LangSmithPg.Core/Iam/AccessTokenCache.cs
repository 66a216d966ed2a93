using System.Collections.Concurrent;

namespace LangSmithPg.Iam;

/// <summary>Keeps tokens while they are good, and asks for another before they end: a fleet run may take longer than a token lives.</summary>
/// <param name="acquire">Asks for a token.</param>
/// <param name="time">The clock.</param>
sealed class AccessTokenCache(Func<TokenRequest, CancellationToken, Task<AccessToken>> acquire, TimeProvider time)
{
    // A login takes its time, and clocks differ.
    static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);

    readonly ConcurrentDictionary<TokenRequest, Entry> _entries = new();

    /// <summary>A token that is good for two minutes at least, unless it lives for less.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TokenException">There is none.</exception>
    public async Task<AccessToken> GetAsync(TokenRequest request, CancellationToken cancellationToken)
    {
        var entry = _entries.GetOrAdd(request, _ => new());
        // Of many that want the same token, one asks.
        await entry.Gate.WaitAsync(cancellationToken);
        try
        {
            return entry.Token is { } token && time.GetUtcNow() < token.ExpiresOn - Margin
                ? token
                : entry.Token = await acquire(request, cancellationToken);
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    sealed class Entry
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public AccessToken? Token { get; set; }
    }
}
