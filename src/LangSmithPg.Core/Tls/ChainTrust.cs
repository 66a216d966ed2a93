namespace LangSmithPg.Tls;

/// <summary>Whether a chain leads to an authority that is trusted.</summary>
public enum ChainTrust
{
    /// <summary>It does.</summary>
    Trusted,

    /// <summary>A certificate in it is not valid any more.</summary>
    Expired,

    /// <summary>A certificate in it is not valid yet.</summary>
    NotYetValid,

    /// <summary>It ends in a certificate whose issuer the server did not send and nobody here knows.</summary>
    IssuerUnknown,

    /// <summary>It ends in an authority that is not trusted.</summary>
    AuthorityUnknown,

    /// <summary>A certificate in it may not be used by a server: its extended key usage lacks serverAuth.</summary>
    NotForServers,

    /// <summary>Something else is wrong with it.</summary>
    Invalid,
}
