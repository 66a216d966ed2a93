using LangSmithPg.Connections;
using LangSmithPg.Tls;

namespace LangSmithPg.Servers;

/// <summary>What came of a look at a server's certificate: the certificate, or why there is none.</summary>
/// <param name="Host">The host that answered, or the last one that was tried.</param>
/// <param name="Certificate">The certificate, or null.</param>
/// <param name="Failure">Why there is none, or null.</param>
sealed record CertificateObservation(PgHost Host, ServerCertificate? Certificate, ConnectionFailure? Failure);
