namespace LangSmithPg.Servers;

/// <summary>TLS as the client sees it.</summary>
/// <param name="Protocol">Such as <c>TLSv1.3</c>.</param>
/// <param name="Cipher">Name of the cipher suite.</param>
/// <param name="Subject">Whom the server's certificate names.</param>
/// <param name="NotAfter">When the server's certificate ends.</param>
public sealed record ClientTls(string? Protocol, string? Cipher, string? Subject, DateTimeOffset? NotAfter);
