namespace LangSmithPg.Tls;

/// <summary>What can be wrong with certificates and keys. The name is the stable id of the error.</summary>
public enum CertificateProblemKind
{
    /// <summary>There is no such file or folder.</summary>
    FileNotFound,

    /// <summary>The file cannot be read.</summary>
    FileUnreadable,

    /// <summary>The file is empty.</summary>
    FileEmpty,

    /// <summary>The file is larger than any bundle of certificates.</summary>
    FileTooLarge,

    /// <summary>It holds no certificate.</summary>
    CertificateMissing,

    /// <summary>A PEM block or a certificate in it is damaged.</summary>
    Damaged,

    /// <summary>It is a request for a certificate, not a certificate.</summary>
    IsRequest,

    /// <summary>It is a key of SSH.</summary>
    IsSshKey,

    /// <summary>It is a list of revoked certificates.</summary>
    IsRevocationList,

    /// <summary>It holds a private key where only certificates belong.</summary>
    PrivateKeyInside,

    /// <summary>It holds no private key.</summary>
    PrivateKeyMissing,

    /// <summary>It holds several private keys.</summary>
    PrivateKeyAmbiguous,

    /// <summary>The private key is encrypted and there is no password.</summary>
    PasswordMissing,

    /// <summary>The password does not open it.</summary>
    PasswordWrong,

    /// <summary>The private key is of a kind that not everything in LangSmith's pods can be sure to read.</summary>
    KeyUnsupported,

    /// <summary>The private key is not exportable from its store.</summary>
    KeyNotExportable,

    /// <summary>The private key belongs to another certificate.</summary>
    KeyMismatch,

    /// <summary>The certificate is not valid any more.</summary>
    Expired,

    /// <summary>The certificate is not valid yet.</summary>
    NotYetValid,

    /// <summary>The certificate is valid for a few days more.</summary>
    ExpiresSoon,

    /// <summary>The certificate may not issue others.</summary>
    NotAnAuthority,

    /// <summary>The certificate is self-signed and is not a CA certificate.</summary>
    SelfSigned,

    /// <summary>The certificate of the issuer is missing.</summary>
    IssuerMissing,

    /// <summary>The same certificate comes twice.</summary>
    Duplicate,

    /// <summary>The certificate belongs to no chain here.</summary>
    Unrelated,

    /// <summary>The certificate may not be used by a client.</summary>
    NotForClients,

    /// <summary>The certificate's common name is not the database user.</summary>
    UserMismatch,

    /// <summary>The key or signature is of a strength that today's TLS libraries refuse.</summary>
    Weak,
}
