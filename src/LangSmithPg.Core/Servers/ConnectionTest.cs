using LangSmithPg.Common;

namespace LangSmithPg.Servers;

/// <summary>Whether one can get into a database, and how far one gets.</summary>
/// <param name="Target">The server and database, without secrets.</param>
/// <param name="Reachable">Whether something answers at host and port.</param>
/// <param name="Encrypted">Whether TLS is in use.</param>
/// <param name="Authenticated">Whether the login succeeded.</param>
/// <param name="ServerVersion">The server's version, or null.</param>
/// <param name="Tls">TLS as this side sees it, or null without TLS.</param>
/// <param name="ElapsedMilliseconds">How long it took, in milliseconds.</param>
/// <param name="Failure">Why there was no getting in, or null.</param>
public sealed record ConnectionTest(
    string Target, bool Reachable, bool Encrypted, bool Authenticated, string? ServerVersion, ClientTls? Tls, double ElapsedMilliseconds,
    ConnectionFailure? Failure)
{
    /// <summary>What to do, or null.</summary>
    public Remedy? Fix => Failure?.Fix;

    /// <summary>Sums up a look at a server.</summary>
    /// <param name="observation">The look.</param>
    internal static ConnectionTest Of(ServerObservation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        var failure = observation.Failure;
        return new(
            observation.Connection.Target, failure?.WasReached ?? true, observation.Tls is not null, failure is null, observation.ServerVersion,
            observation.Tls, Math.Round(observation.ConnectTime.TotalMilliseconds, 1), failure);
    }
}
