namespace LangSmithPg.Sandbox.Tls;

/// <summary>What a server needs to speak TLS, as PEM text.</summary>
/// <param name="CertificatePem">The server's certificate, followed by its intermediates.</param>
/// <param name="KeyPem">Its private key, not encrypted.</param>
/// <param name="ClientCaPem">The authorities whose client certificates are accepted; null when none are asked for.</param>
public sealed record ServerTls(string CertificatePem, string KeyPem, string? ClientCaPem = null);
