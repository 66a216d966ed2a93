namespace LangSmithPg.Sandbox.Tls;

/// <summary>What makes TLS libraries refuse a certificate whose authority they trust.</summary>
public enum CertificateWeakness
{
    /// <summary>It is signed with SHA-1.</summary>
    Sha1Signature,

    /// <summary>Its RSA key has 1024 bits.</summary>
    ShortKey,

    /// <summary>It is for signing certificates alone.</summary>
    WrongKeyUsage,
}
