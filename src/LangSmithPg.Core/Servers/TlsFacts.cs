namespace LangSmithPg.Servers;

/// <summary>TLS as the server itself sees it, which is not what the client sees when something in between ends it.</summary>
/// <param name="Encrypted">Whether the connection reaches the server encrypted.</param>
/// <param name="Protocol">Such as <c>TLSv1.3</c>, or null.</param>
/// <param name="Cipher">Name of the cipher, or null.</param>
public sealed record TlsFacts(bool Encrypted, string? Protocol, string? Cipher);
