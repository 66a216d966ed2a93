
namespace LangSmithPg.Servers;

/// <summary>What a server says when it does not let one in, and what was shown to it.</summary>
/// <param name="SqlState">The five-character error code.</param>
/// <param name="Message">The server's message, in whatever language.</param>
/// <param name="Routine">The function of PostgreSQL's source that reports it; null from poolers, which speak English.</param>
sealed record ServerRefusal(string SqlState, string Message, string? Routine)
{
    /// <summary>Whether the connection had TLS.</summary>
    public bool HasTls { get; init; }

    /// <summary>Whether a cloud's token was sent in place of a password.</summary>
    public bool IsOfToken { get; init; }

    /// <summary>Whether a client certificate was shown.</summary>
    public bool ShowedCertificate { get; init; }

    /// <summary>The common name of the client certificate that was shown, or null.</summary>
    public string? CertificateName { get; init; }
}
