namespace LangSmithPg.Tls;

/// <summary>What comes of a TLS mode with a server's certificate.</summary>
public enum TlsOutcome
{
    /// <summary>The connection is encrypted and the server proved to be who it is.</summary>
    Verified,

    /// <summary>The connection is encrypted, and the certificate comes from a trusted authority, for whatever host.</summary>
    AuthorityVerified,

    /// <summary>The connection is encrypted with whoever answers.</summary>
    Encrypted,

    /// <summary>The connection is not encrypted.</summary>
    Plain,

    /// <summary>There is no connection.</summary>
    Refused,

    /// <summary>It cannot be told from here.</summary>
    Unknown,
}
