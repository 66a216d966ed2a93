using LangSmithPg.Charts;
using LangSmithPg.Common;
using LangSmithPg.Connections;

namespace LangSmithPg.Helm.Linting.Rules;

/// <summary>CA certificates and client certificates that the pods mount, and the settings that they require.</summary>
sealed class CertificateRule : IValuesRule
{
    public IEnumerable<ValuesFinding> Evaluate(LintInput input)
    {
        var connection = new DatabaseValues(input, External.Root).Connection;
        var hasClient = input.HasClientCertificate;
        if (!input.IsTrue(External.CustomTls) && (hasClient || connection is { SslMode: >= SslMode.VerifyCa } or { UsesSystemRootCertificate: true }))
        {
            yield return input.AtMissing(
                "Values.CustomTls", hasClient ? FindingStatus.Fail : FindingStatus.Warning, External.CustomTls,
                hasClient ? "A client certificate needs postgres.external.customTls: true." : "The connection verifies the server, but customTls is not true.") with
            {
                Why = hasClient && input.Chart.Features.Contains(ChartFeature.CustomTlsCheck)
                    ? "Helm fails: the chart checks for it."
                    : "customTls makes LangSmith's own code verify the server (POSTGRES_TLS).",
                Fix = Remedy.Values("postgres.external.customTls: true"),
                Repair = HelmValues.Empty.With(External.CustomTls, true),
            };
        }

        if (hasClient && connection is not null && connection.SslMode != SslMode.VerifyFull)
        {
            yield return input.Finding(
                "Values.VerifyFull", FindingStatus.Warning, new DatabaseValues(input, External.Root).Place, "A client certificate is configured, but the connection does not use sslmode=verify-full.") with
            {
                Why = "Without full verification, the pods can present the client certificate to a server that is not the intended one.",
                Fix = "Add sslmode=verify-full&sslrootcert=system.",
            };
        }

        foreach (var (given, missing, status, message) in new[]
        {
            (External.CustomCaName, External.CustomCaKey, FindingStatus.Fail, "config.customCa has no secretKey: Helm fails."),
            (External.CustomCaKey, External.CustomCaName, FindingStatus.Warning, "config.customCa has no secretName: the chart ignores it."),
        })
        {
            if (input.Text(given) is not null && input.Text(missing) is null)
            {
                yield return input.Finding("Values.CustomCa", status, given, message) with
                {
                    Why = "The chart mounts the CA certificates by the Secret's name and the key in it.",
                    Fix = "To set both, use New-LangSmithHelmValues -CaSecret.",
                };
            }
        }
    }
}
