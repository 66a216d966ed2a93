using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Serialization;
using LangSmithPg.Connections.Drivers;

namespace LangSmithPg.Tls;

/// <summary>The certificates that a server shows, as it sends them. Immutable.</summary>
public sealed class ServerChain
{
    /// <summary>What a server's certificate is to be like for every driver to accept it.</summary>
    public const string Remedy = DriverLimits.Remedy;

    const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Makes a chain of what a server sent.</summary>
    /// <param name="certificates">The server's own certificate, then the others in their order.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public ServerChain(IReadOnlyList<X509Certificate2> certificates)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        Certificates = certificates.Count > 0 ? certificates.ToArray() : throw new ArgumentException("No certificate is specified.", nameof(certificates));
    }

    /// <summary>The chain of what a server sent; null when its own certificate is damaged. Others that are damaged are left out.</summary>
    /// <param name="own">The server's own certificate.</param>
    /// <param name="others">The others in their order.</param>
    public static ServerChain? TryCreate(X509Certificate2 own, IEnumerable<X509Certificate2> others)
    {
        ArgumentNullException.ThrowIfNull(own);
        return own.IsWhole() ? new([own, .. others.Where(one => one.IsWhole())]) : null;
    }

    /// <summary>The certificates, the server's own first.</summary>
    [JsonIgnore]
    public IReadOnlyList<X509Certificate2> Certificates { get; }

    /// <summary>The server's own certificate.</summary>
    [JsonIgnore]
    public X509Certificate2 Certificate => Certificates[0];

    /// <summary>Host names and addresses that the server's certificate is for.</summary>
    public IReadOnlyList<string> Names => ServerNames.Of(Certificate);

    /// <summary>Who it would have to be trusted for the whole chain to be: its root, or the server's own certificate where that signed itself; or null.</summary>
    [JsonIgnore]
    public X509Certificate2? Anchor => Certificates.FirstOrDefault(one => one.IsSelfIssued());

    /// <summary>Whether libpq takes the server's certificate for a host.</summary>
    /// <param name="host">DNS name or address.</param>
    public bool IsFor(string host) => ServerNames.MatchInLibpq(Certificate, host);

    /// <summary>Whether every driver in LangSmith's pods does: libpq, asyncpg and pgx.</summary>
    /// <param name="host">DNS name or address.</param>
    public bool IsForInEveryDriver(string host) =>
        IsFor(host) && ServerNames.MatchInPython(Certificate, host) && ServerNames.MatchInGo(Certificate, host);

    /// <summary>
    /// Whether the chain leads to a trusted authority. Nothing is downloaded: what the server does not send is missing, as it is for
    /// every driver.
    /// </summary>
    /// <param name="authorities">Who is trusted; null for the public authorities. The stores of this machine do not count.</param>
    /// <param name="now">The time of the check.</param>
    public ChainTrust Evaluate(CaBundle? authorities, DateTimeOffset now)
    {
        var trusted = (authorities ?? PublicAuthorities.All).Certificates;
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new(ServerAuthentication));
        chain.ChainPolicy.ExtraStore.AddRange(Certificates.Skip(1).ToArray());
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(trusted.ToArray());
        try
        {
            var isTrusted = chain.Build(Certificate);
            IReadOnlyList<X509Certificate2> built = [.. chain.ChainElements.Select(element => element.Certificate)];
            var known = Certificates.Concat(trusted).Select(one => one.Thumbprint).ToHashSet();
            // That the system trusts a chain is not enough: it has to end at one of those who are trusted.
            return (isTrusted || !built.All(one => known.Contains(one.Thumbprint))) && !LeadsTo(trusted, now) ? ChainTrust.IssuerUnknown
                : isTrusted ? ChainTrust.Trusted
                : Explain(built, now, chain);
        }
        catch (CryptographicException)
        {
            // A key or signature of a kind that this machine does not know.
            return ChainTrust.Invalid;
        }
    }

    /// <summary>Why libpq refuses the certificates though an authority that is trusted issued them, such as a weak signature; or null.</summary>
    /// <param name="authorities">Who is trusted; null for the public authorities.</param>
    public string? WeaknessInLibpq(CaBundle? authorities) => DriverLimits.Refusal(PgDriver.Libpq, PathTo(authorities), verifies: true);

    // Whatever it is told to trust, the system also builds a chain with the intermediates of this machine's stores, which no pod has. That
    // does no harm where what the server sends leads there as well, as with an intermediate that two authorities have certified.
    bool LeadsTo(IReadOnlyList<X509Certificate2> trusted, DateTimeOffset now) =>
        PathTo(trusted, Certificates.Skip(1).Concat(trusted).Where(one => one.Begins() <= now && now <= one.Ends()).ToList()) is not null;

    /// <summary>The certificates from the server's own to the one that is trusted, by their names; all that were sent where none is.</summary>
    /// <param name="authorities">Who is trusted; null for the public authorities.</param>
    internal IReadOnlyList<X509Certificate2> PathTo(CaBundle? authorities)
    {
        var trusted = (authorities ?? PublicAuthorities.All).Certificates;
        return PathTo(trusted, [.. Certificates.Skip(1), .. trusted]) ?? Certificates;
    }

    X509Certificate2[]? PathTo(IReadOnlyList<X509Certificate2> trusted, List<X509Certificate2> known)
    {
        var ends = trusted.Select(one => one.Thumbprint).ToHashSet();
        HashSet<string> reached = [];
        var next = new Queue<X509Certificate2[]>([[Certificate]]);
        while (next.TryDequeue(out var path))
        {
            if (ends.Contains(path[^1].Thumbprint))
            {
                return path;
            }

            foreach (var issuer in known.Where(one => path[^1].IsIssuedBy(one) && reached.Add(one.Thumbprint)))
            {
                next.Enqueue([.. path, issuer]);
            }
        }

        return null;
    }

    static ChainTrust Explain(IReadOnlyList<X509Certificate2> built, DateTimeOffset now, X509Chain chain)
    {
        var status = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        return status switch
        {
            _ when status.HasFlag(X509ChainStatusFlags.PartialChain) => ChainTrust.IssuerUnknown,
            _ when status.HasFlag(X509ChainStatusFlags.UntrustedRoot) => ChainTrust.AuthorityUnknown,
            _ when built.Any(one => now > one.Ends()) => ChainTrust.Expired,
            _ when built.Any(one => now < one.Begins()) => ChainTrust.NotYetValid,
            _ when status.HasFlag(X509ChainStatusFlags.NotValidForUsage) => ChainTrust.NotForServers,
            _ => ChainTrust.Invalid,
        };
    }
}
