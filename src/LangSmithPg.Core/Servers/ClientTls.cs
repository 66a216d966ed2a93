using LangSmithPg.Tls;

namespace LangSmithPg.Servers;

/// <summary>TLS as the client sees it.</summary>
/// <param name="Protocol">Such as <c>TLSv1.3</c>.</param>
/// <param name="Cipher">Name of the cipher suite.</param>
/// <param name="Subject">Whom the server's certificate names.</param>
/// <param name="NotAfter">When the server's certificate ends.</param>
public sealed record ClientTls(string? Protocol, string? Cipher, string? Subject, DateTimeOffset? NotAfter)
{
    /// <summary>The certificates that the server showed, or null when they are not known.</summary>
    public ServerChain? Chain { get; init; }

    /// <summary>The authorities that were trusted in place of the public ones, or null.</summary>
    public CaBundle? Authorities { get; init; }

    /// <summary>The certificate that was shown to the server, or null.</summary>
    public ClientCertificate? ClientCertificate { get; init; }

    /// <summary>Whether the server asked for a client certificate; null when there was one to show, and it is not known.</summary>
    public bool? AsksForClientCertificate { get; init; }
}
