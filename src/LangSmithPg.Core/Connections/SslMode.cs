namespace LangSmithPg.Connections;

/// <summary>How much TLS a client asks for, weakest first. Source: PostgreSQL documentation, libpq "SSL Support".</summary>
public enum SslMode
{
    /// <summary>Never TLS.</summary>
    Disable,

    /// <summary>TLS only if the server insists.</summary>
    Allow,

    /// <summary>TLS if the server offers it.</summary>
    Prefer,

    /// <summary>TLS always; the certificate is not checked.</summary>
    Require,

    /// <summary>TLS always; the certificate comes from a trusted authority.</summary>
    VerifyCa,

    /// <summary>TLS always; the certificate comes from a trusted authority and names the host.</summary>
    VerifyFull,
}
