using LangSmithPg.Common;
using LangSmithPg.Connections;
using LangSmithPg.Iam;
using LangSmithPg.Servers;
using LangSmithPg.Tls;

namespace LangSmithPg.Postgres.Servers;

/// <summary>How to connect to a server, and for how long.</summary>
sealed record SessionOptions
{
    /// <summary>Most time for everything.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Most time for the work in the session, which begins once it is open; null where it is a part of <see cref="Timeout"/>.</summary>
    public TimeSpan? WorkTimeout { get; init; }

    /// <summary>An IAM token to log in with in place of a password, or null.</summary>
    public Secret? AccessToken { get; init; }

    /// <summary>
    /// Asks for a token for a host of the connection, for one that has neither token nor password; or null. It may throw a
    /// <see cref="TokenException"/>. Called on any thread.
    /// </summary>
    public Func<PgHost, CancellationToken, Task<AccessToken>>? AcquireToken { get; init; }

    /// <summary>
    /// The authorities that LangSmith's pods will trust, or null. With them the server is verified in full, by them alone, as
    /// <c>sslmode=verify-full&amp;sslrootcert=system</c> does in a pod that mounts them.
    /// </summary>
    public CaBundle? Authorities { get; init; }

    /// <summary>The client certificate to show, in place of the one that the connection names; or null.</summary>
    public ClientCertificate? ClientCertificate { get; init; }

    /// <summary>Whether to look the host's addresses up beforehand and tell them, which costs a moment.</summary>
    public bool TellAddresses { get; init; }

    /// <summary>Told what happens, for verbose output. Never told a secret. Called on any thread.</summary>
    public Action<string> Log { get; init; } = static _ => { };

    // As the pods make the connection, where their certificates are given.
    internal PgConnectionString AsMounted(PgConnectionString connection) => Authorities is null ? connection : connection.WithMountedCertificates();

    // Why nothing must be sent, or null.
    internal ConnectionFailure? Forbids(PgConnectionString connection) =>
        ParameterRequirements.Check(connection, ClientCertificate is not null)
        ?? (SendsToken(connection) ? ParameterRequirements.CheckToken(connection) : null);

    internal bool SendsToken(PgConnectionString connection) =>
        AccessToken is not null || (AcquireToken is not null && connection is { IamAuthProvider: not null, HasPassword: false });
}
