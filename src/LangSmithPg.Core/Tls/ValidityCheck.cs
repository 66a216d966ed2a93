using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace LangSmithPg.Tls;

/// <summary>Whether a certificate is valid now, and for long enough.</summary>
static class ValidityCheck
{
    /// <summary>What is wrong with its dates; nothing when they are right.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="now">The time of the check.</param>
    /// <param name="warning">How long before its end to warn.</param>
    /// <param name="renewal">What to do about it.</param>
    public static IEnumerable<CertificateProblem> Check(X509Certificate2 certificate, DateTimeOffset now, TimeSpan warning, string renewal)
    {
        var name = certificate.ShownName();
        if (now > certificate.Ends())
        {
            yield return CertificateProblem.Error(
                CertificateProblemKind.Expired, name, $"The certificate expired on {Day(certificate.Ends())}.", renewal);
        }
        else if (now < certificate.Begins())
        {
            yield return CertificateProblem.Error(
                CertificateProblemKind.NotYetValid, name, $"The certificate is not valid before {Day(certificate.Begins())}.",
                "Wait until that date, or check this machine's clock.");
        }
        else if (now + warning > certificate.Ends())
        {
            yield return CertificateProblem.Warning(
                CertificateProblemKind.ExpiresSoon, name, $"The certificate expires on {Day(certificate.Ends())}.", renewal);
        }
    }

    static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
